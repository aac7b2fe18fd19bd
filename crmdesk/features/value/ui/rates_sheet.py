"""The owner's assumptions in a dialog: each with its meaning and default, kept in one undo step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.core import kinds, money
from crmdesk.core.errors import InvalidValue, UserError
from crmdesk.core.i18n import N_, _
from crmdesk.core.kinds import Kind
from crmdesk.features.knowledge import actions, queries
from crmdesk.features.knowledge.judgement import Judgement, Meaning, checked, meanings
from crmdesk.qt.desk import Desk
from crmdesk.qt.dialogs import Sheet
from crmdesk.qt.editors import FieldLine
from crmdesk.qt.widgets import Button, HLine, label, scrolling, set_property

UNITS = {"%": "%", "years": N_("years"), "months": N_("months"), "min": N_("min"), "x": "×"}


class RateLine(QWidget):
    """One rate: name, meaning, field, unit, and what is wrong with what was typed."""

    def __init__(self, desk: Desk, name: str, meaning: Meaning, value: float, default: float) -> None:
        """Show a rate with its value."""
        super().__init__()
        self._region, self.name, self._was = desk.region, name, value
        self.field = FieldLine(money.show_number(float(value), desk.region))
        self.field.setFixedWidth(104)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setAccessibleName(_(meaning.label))
        self.field.setAccessibleDescription(_(meaning.hint))
        self.note = label("", "small", "late", wrap=True)
        self.note.hide()
        unit = _(UNITS[meaning.unit]) if meaning.unit in UNITS else desk.region.currency
        shown = money.show_number(float(default), desk.region)
        hint = _("{hint} Default {value}.").format(hint=_(meaning.hint), value=shown)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(_(meaning.label), "strong"))
        words.addWidget(label(hint, "small", "text_3", wrap=True))
        words.addWidget(self.note)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 8, 12, 8)
        line.setSpacing(8)
        line.addLayout(words, 1)
        line.addWidget(self.field)
        said = label(unit, "small", "text_3")
        said.setMinimumWidth(64)
        line.addWidget(said)

    def read(self) -> float | None:
        """The number typed; None where it is wrong, and the line says why."""
        try:
            found = kinds.parse(Kind.NUMBER, self.field.text(), self._region)
            if found is None:
                raise InvalidValue(_("Type a number."))
            value = checked(self.name, float(str(found)))
        except InvalidValue as error:
            self.note.setText(str(error))
            self.note.show()
            set_property(self.field, "invalid", True)
            return None
        self.note.hide()
        set_property(self.field, "invalid", False)
        return value

    def changed(self, value: float) -> bool:
        """Whether this is another value than the one kept."""
        return value != self._was


class RatesSheet(Sheet):
    """All assumptions of the values; what is changed is kept together."""

    def __init__(self, desk: Desk, first: str, parent: QWidget | None) -> None:
        """Show the assumptions with the keys in one of them."""
        super().__init__(_("Assumptions of the values"), _("Keep assumptions"), parent, 600)
        self.desk, self._first = desk, first
        with desk.store.read() as session:
            now = queries.judgement(session)
        self.lines: dict[str, RateLine] = {}
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for place, (name, meaning) in enumerate(meanings().items()):
            if place:
                column.addWidget(HLine(faint=True))
            made = RateLine(desk, name, meaning, getattr(now, name), getattr(Judgement(), name))
            self.lines[name] = made
            column.addWidget(made)
        self.area = scrolling(inner)
        self.area.setMinimumHeight(420)
        self.body.addWidget(self.area)
        self.reset = Button(_("Back to the defaults"), "ghost")
        self.reset.clicked.connect(self._back_to_defaults)
        self.foot.insertWidget(0, self.reset)

    def open(self) -> None:
        """Open with the keys in the field asked for."""
        super().open()
        made = self.lines.get(self._first)
        if made is not None:
            made.field.setFocus(Qt.FocusReason.OtherFocusReason)
            made.field.selectAll()
            self.area.ensureWidgetVisible(made)

    def _back_to_defaults(self) -> None:
        for name, made in self.lines.items():
            made.field.setText(money.show_number(float(getattr(Judgement(), name)), self.desk.region))

    def act(self) -> None:
        """Keep what was changed in one step; stay while something is wrong."""
        read = {name: made.read() for name, made in self.lines.items()}
        wrong = [name for name, value in read.items() if value is None]
        if wrong:
            self.area.ensureWidgetVisible(self.lines[wrong[0]])
            return
        changed = {n: v for n, v in read.items() if v is not None and self.lines[n].changed(v)}
        if changed and not self._keep(changed):
            return
        self.accept()

    def _keep(self, changed: dict[str, float]) -> bool:
        names = ", ".join(_(meanings()[name].label) for name in changed)
        told = _("{names} changed").format(names=names)
        try:
            with self.desk.store.write(told) as session:
                for name, value in changed.items():
                    actions.set_rate(session, name, value)
        except UserError as error:
            self.band.tell(str(error), "late")
            return False
        self.desk.tell(told, undo=True)
        return True
