"""The menu that says how the axes are cut, and the line that asks after a cut was dragged."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from crmdesk.core import money
from crmdesk.core.i18n import N_, Region, _, ngettext
from crmdesk.features.portfolio.rules import Axis
from crmdesk.features.portfolio.ui.view import View
from crmdesk.qt.bands import Band
from crmdesk.qt.buttons import Button

AXES: tuple[tuple[Axis, str], ...] = (("turnover", N_("Turnover")), ("potential", N_("Potential")))
MODES = (("pareto", N_("Pareto 80 %")), ("median", N_("Median")))


class CutsButton(Button):
    """A button that says the rule of the cuts and opens the choice."""

    chosen = Signal(str, str)

    def __init__(self, region: Region, parent: QWidget | None = None) -> None:
        """Make the button; it says nothing until a view is shown."""
        super().__init__(_("Cuts"), icon="sliders-horizontal", parent=parent)
        self._region = region
        self._choices = QMenu(self)
        self.setMenu(self._choices)
        self._groups: list[QActionGroup] = []

    def show_view(self, view: View) -> None:
        """Mark the rules of a view."""
        chosen = view.placed.rules
        modes = {"turnover": chosen.turnover.mode, "potential": chosen.potential.mode}
        words = dict(MODES)
        same = modes["turnover"] == modes["potential"] and modes["turnover"] in words
        rule = _(words[modes["turnover"]]) if same else _("own") if "fixed" in modes.values() else _("mixed")
        self.setText(_("Cuts: {rule}").format(rule=rule))
        self._choices.clear()
        self._groups = []
        for axis, label in AXES:
            self._add_axis(axis, label, modes[axis], view)

    def _add_axis(self, axis: Axis, label: str, mode: str, view: View) -> None:
        head = self._choices.addAction(_(label))
        head.setEnabled(False)
        group = QActionGroup(self._choices)
        self._groups.append(group)
        amount = ""
        if view.portfolio is not None:
            value = getattr(view.portfolio.cuts, axis).value
            amount = money.show_money(value, view.currency, self._region)
        for key, text in (*((key, _(text)) for key, text in MODES), ("fixed", _("Fixed at {amount}"))):
            action = QAction(text.format(amount=amount), self._choices)
            action.setCheckable(True)
            action.setChecked(key == mode)
            action.triggered.connect(lambda _on=False, axis=axis, key=key: self.chosen.emit(axis, key))
            group.addAction(action)
            self._choices.addAction(action)
        if axis == AXES[0][0]:
            self._choices.addSeparator()


class CutBand(Band):
    """How many customers a dragged cut would move, with Keep and Undo."""

    kept = Signal(str, object)
    undone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self._asked: tuple[str, int] | None = None
        self.undo = Button(_("Undo"), "link")
        box = self.layout()
        assert isinstance(box, QBoxLayout)
        box.insertWidget(box.count() - 1, self.undo)
        self.undo.clicked.connect(self.take_back)
        self.dismissed.connect(self.undone)

    def ask(self, axis: str, amount: int, moved: int) -> None:
        """Say how many would move, and wait for an answer."""
        self._asked = (axis, amount)
        text = ngettext("{n} customer would move.", "{n} customers would move.", moved)
        self.tell(text.format(n=moved), "info", _("Keep"), self.keep)
        self.action.setFocus()

    @property
    def waiting(self) -> bool:
        """Whether an answer is still due."""
        return self._asked is not None

    def keep(self) -> None:
        """Let the cut stand."""
        asked, self._asked = self._asked, None
        self.clear()
        if asked is not None:
            self.kept.emit(*asked)

    def take_back(self) -> None:
        """Put the cut back where it was."""
        self._asked = None
        self.clear()
        self.undone.emit()


def cut_sentence(view: View) -> str:
    """How the turnover is cut, in words for the status bar."""
    if view.portfolio is None:
        return ""
    sentences = {
        "pareto": _("Cuts: smallest group making 80 %, kept between 15 and 50 % of customers"),
        "median": _("Cuts: half of the customers on each side"),
        "fixed": _("Cuts: amounts of your own"),
    }
    return sentences.get(view.placed.rules.turnover.mode, "")
