"""The head of the customer card: name, cluster, what can be done, and two people with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.core.i18n import _
from crmdesk.features.customers import rules
from crmdesk.features.customers.queries import CustomerCard, PersonLine, PointLine
from crmdesk.features.customers.ui.source import Place
from crmdesk.qt import theme
from crmdesk.qt.widgets import Button, ClusterBadge, ElidedLabel, IconButton, IconLabel, Label

NUMBER_WIDTH = 132
SHOWN = 2


@dataclass(frozen=True, slots=True)
class ReachLine:
    """One way to reach a customer, as the head shows it: number, who, role, and what stands at the right."""

    icon: str
    value: str
    who: str
    role: str
    right: str
    link: bool = False


def reach_lines(card: CustomerCard) -> list[ReachLine]:
    """The two best ways to reach a customer: people who have a number, then its own numbers."""
    people = [_of_person(person) for person in card.present_people if person.phone or person.email]
    own = [point for point in card.points if point.kind in (*rules.PHONES, "email")]
    return [*people, *(_of_point(point) for point in own)][:SHOWN]


def _of_person(person: PersonLine) -> ReachLine:
    phone, email = person.phone, person.email
    role = ", ".join(part for part in (person.role or "", _("decides") if person.decides else "") if part)
    best = _("best {hours}").format(hours=person.best_hours) if person.best_hours else ""
    if phone is None and email is not None:
        return ReachLine("mail", email.value, person.name, role, best)
    value = phone.value if phone is not None else ""
    mail = email.value if email is not None else ""
    return ReachLine("phone", value, person.name, role, best or mail, link=bool(mail and not best))


def _of_point(point: PointLine) -> ReachLine:
    return ReachLine("mail" if point.kind == "email" else "phone", point.value, point.label or "", "", "")


class CardHead(QWidget):
    """The upper part of the card; it shows what `show_card` is given."""

    call_asked = Signal()
    plan_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the head without a customer."""
        super().__init__(parent)
        self.name = ElidedLabel("", "title", "text")
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.badge = ClusterBadge()
        self.call = Button(_("Log a call"), "primary", "phone", _("F8"))
        self.plan = Button(_("Plan"), "plain", "calendar-plus")
        self.plan.setAccessibleName(_("Plan contact"))
        self.plan.setToolTip(_("Plan contact"))
        self.plan_icon = IconButton("calendar-plus", _("Plan contact"), bordered=True)
        self.more = IconButton("ellipsis", _("More about this customer"), bordered=True)
        self.where = ElidedLabel("", "body", "text")
        self.where.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.since = ElidedLabel("", "body", "text_3")
        self._reach = QVBoxLayout()
        self._reach.setSpacing(8)
        self._build()
        self.call.clicked.connect(self.call_asked)
        self.plan.clicked.connect(self.plan_asked)
        self.plan_icon.clicked.connect(self.plan_asked)

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.name)
        first.addWidget(self.badge)
        first.addStretch(1)
        for part in (self.call, self.plan, self.plan_icon, self.more):
            first.addWidget(part)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.where)
        second.addWidget(self.since, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 14)
        column.setSpacing(2)
        column.addLayout(first)
        column.addLayout(second)
        column.addSpacing(12)
        column.addLayout(self._reach)

    def show_card(self, card: CustomerCard, place: Place) -> None:
        """Show a customer."""
        self.name.setText(card.name)
        self.badge.set_cluster(str(card.figures.get("cluster") or ""))
        address = card.address
        town = " ".join(part for part in (address.town, address.province) if part) if address else ""
        self.where.setText(rules.line_below(card.values.get("trade"), town))
        since = card.values.get("since")
        self.since.setText(_("Customer since {year}").format(year=since.year) if since else "")
        for part in (self.call, self.plan, self.plan_icon):
            part.setEnabled(not card.trashed)
        self._show_reach(reach_lines(card))
        self._fit()

    def _fit(self) -> None:
        parts = (self.name, self.call, self.plan, self.more)
        needed = sum(part.sizeHint().width() + 8 for part in parts) + 40
        needed += self.badge.sizeHint().width() + 8 if not self.badge.isHidden() else 0
        narrow = needed > self.width()
        self.plan.setVisible(not narrow)
        self.plan_icon.setVisible(narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the name the room it needs."""
        super().resizeEvent(event)
        self._fit()

    def _show_reach(self, lines: Sequence[ReachLine]) -> None:
        while (item := self._reach.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for line in lines:
            self._reach.addWidget(self._line(line))

    @staticmethod
    def _line(line: ReachLine) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(line.icon, "accent", 14))
        row.addWidget(_number(line.value))
        if line.who:
            row.addWidget(Label(line.who, "body", "text"))
        role = ElidedLabel(line.role, "body", "text_3")
        role.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row.addWidget(role)
        right = ElidedLabel(line.right, "small", "accent" if line.link else "text_3")
        right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(right, 1)
        return box


def _number(value: str) -> Label:
    """A number in its column, or an address as long as it needs; both can be selected."""
    number = Label(value, "body", "text")
    number.make_selectable()
    if len(value) < 20:
        number.setFixedWidth(round((NUMBER_WIDTH - 22) * theme.current().scale))
    return number
