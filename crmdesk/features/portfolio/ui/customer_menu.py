"""What can be done with one customer of the portfolio: open, grade, move to another cluster, let go again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.core import dates
from crmdesk.core.i18n import _
from crmdesk.features.customers.records import GRADES
from crmdesk.features.portfolio import actions, rules
from crmdesk.features.portfolio.queries import Placed
from crmdesk.features.portfolio.records import Override
from crmdesk.features.portfolio.rules import Cluster
from crmdesk.features.portfolio.ui.view import View
from crmdesk.qt.desk import Desk
from crmdesk.qt.dialogs import FormSheet
from crmdesk.qt.record_form import RecordForm

if TYPE_CHECKING:
    from crmdesk.features.portfolio.ui.chart import QuadrantChart

NEAR = 18


def nearest(chart: QuadrantChart, view: View | None, spot: QPoint) -> str:
    """The customer whose point lies near a spot of the chart, or nobody."""
    if view is None or not chart.isVisible() or not chart.rect().contains(spot):
        return ""
    away = {one: (chart.place_of(one) - spot).manhattanLength() for one in view.by_id}
    found = min(away, key=away.__getitem__, default="")
    return found if found and away[found] <= NEAR else ""


class CustomerMenu(QObject):
    """The menu of a customer, and the writes behind it; each is one step with Undo."""

    opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Work at a desk, in front of a page."""
        super().__init__(parent)
        self._desk, self._page = desk, parent

    def open_at(self, one: Placed, spot: QPoint) -> QMenu:
        """Open the menu of a customer at a place of the screen."""
        menu = QMenu(self._page)
        menu.addAction(_("Open customer")).triggered.connect(lambda: self.opened.emit(one.id))
        grades = menu.addMenu(_("Grade potential"))
        for choice in GRADES:
            action = grades.addAction(_(choice.label))
            action.setCheckable(True)
            action.setChecked(choice.key == str(one.grade))
            action.triggered.connect(lambda _on=False, grade=int(choice.key): self.grade(one, grade))
        grades.addAction(_("No grade")).triggered.connect(lambda: self.grade(one, None))
        menu.addSeparator()
        menu.addAction(_("Move to…")).triggered.connect(lambda: self.ask_override(one))
        if one.override is not None:
            menu.addAction(_("Let the figures decide")).triggered.connect(lambda: self.clear(one))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(spot)
        return menu

    def grade(self, one: Placed, grade: int | None) -> None:
        """Judge the potential of a customer."""
        label = _("Grade of {name}").format(name=one.name)
        with self._desk.store.write(label) as session:
            actions.set_grade(session, [one.id], grade)

    def ask_override(self, one: Placed) -> FormSheet:
        """Ask where a customer belongs, why, and until when."""
        form = RecordForm(Override.fields(), self._desk.region)
        known = one.override
        cluster = known.cluster if known else one.cluster or Cluster.KEY
        today = dates.today()
        until = known.expires if known and known.expires != date.max else rules.expiry(today)
        reason = known.reason if known else ""
        form.set_values({"cluster": cluster.value, "reason": reason, "until": until})
        title = _("Move {name}").format(name=one.name)
        sheet = FormSheet(title, _("Move"), form, self._page)
        sheet.filled.connect(lambda values: self._move(one, values))
        sheet.open()
        return sheet

    def _move(self, one: Placed, values: dict[str, object]) -> None:
        if not values.get("cluster"):
            self.clear(one)
            return
        cluster = Cluster(str(values["cluster"]))
        until = values.get("until")
        label = _("{name} moved to {cluster}").format(name=one.name, cluster=_(cluster.label))
        with self._desk.store.write(label) as session:
            actions.set_override(
                session,
                one.id,
                cluster,
                str(values.get("reason") or ""),
                until if isinstance(until, date) else None,
            )
        self._desk.tell(label, undo=True)

    def clear(self, one: Placed) -> None:
        """Let the figures decide again."""
        label = _("Own judgement of {name} ended").format(name=one.name)
        with self._desk.store.write(label) as session:
            actions.clear_override(session, one.id)
        self._desk.tell(label, undo=True)
