"""The quick line that enters an order, and edits of single cells: each is one undo step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.core import dates, kinds
from crmdesk.core.errors import InvalidValue, UserError
from crmdesk.core.i18n import N_, Region, _
from crmdesk.core.kinds import Kind
from crmdesk.core.write import Write
from crmdesk.features.orders import actions
from crmdesk.features.orders.records import Order, OrderLine
from crmdesk.qt.desk import Desk
from crmdesk.qt.editors import FieldLine
from crmdesk.qt.restyle import set_property
from crmdesk.qt.widgets import Button, label

_FIELDS = (
    ("number", N_("Number"), Kind.TEXT, 0),
    ("date", N_("Date"), Kind.DATE, 104),
    ("amount", N_("Amount"), Kind.MONEY, 110),
    ("cost", N_("Cost"), Kind.MONEY, 110),
)


def step(desk: Desk, text: str, act: Callable[[Write], object]) -> bool:
    """Do one thing as one undo step and say so; False when it could not be done."""
    try:
        with desk.store.write(text) as session:
            act(session)
    except UserError as error:
        desk.fail(error)
        return False
    desk.tell(text, undo=True)
    return True


class OrderEntry(QWidget):
    """Number, date, amount, cost, Enter: an order is there."""

    entered = Signal(dict)

    def __init__(self, region: Region, parent: QWidget | None = None) -> None:
        """Make an empty line with today's date."""
        super().__init__(parent)
        self._region, self.currency = region, ""
        self.fields: dict[str, FieldLine] = {}
        line = QHBoxLayout()
        line.setSpacing(6)
        for name, text, _kind, width in _FIELDS:
            field = FieldLine()
            field.setPlaceholderText(_(text))
            field.setAccessibleName(_("New order: {field}").format(field=_(text)))
            if width:
                field.setFixedWidth(width)
            if name in ("amount", "cost"):
                field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            field.returnPressed.connect(self.enter)
            line.addWidget(field, 0 if width else 1)
            self.fields[name] = field
        self.add = Button(_("Add order"), icon="plus")
        self.add.clicked.connect(self.enter)
        line.addWidget(self.add)
        self.note = label("", "small", "late", wrap=True)
        self.note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.note)
        self.clear()

    def clear(self) -> None:
        """Start anew with today."""
        for field in self.fields.values():
            field.clear()
        self.fields["date"].setText(kinds.show(Kind.DATE, dates.today(), self._region))
        self._tell("", "")

    def _tell(self, wrong: str, text: str) -> None:
        for name, field in self.fields.items():
            set_property(field, "invalid", name == wrong)
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def enter(self) -> None:
        """Read the line; what is wrong is said under it, and the text stays."""
        values: dict[str, object] = {}
        for name, _text, kind, _width in _FIELDS:
            try:
                values[name] = kinds.parse(kind, self.fields[name].text(), self._region, (), self.currency)
            except InvalidValue as error:
                self._refuse(name, str(error))
                return
        for name, text in (("date", _("An order has a date.")), ("amount", _("An order has an amount."))):
            if values[name] is None:
                self._refuse(name, text)
                return
        self._tell("", "")
        self.entered.emit(values)

    def _refuse(self, name: str, text: str) -> None:
        self._tell(name, text)
        self.fields[name].setFocus(Qt.FocusReason.OtherFocusReason)


def edit_cell(desk: Desk, record: type[Order] | type[OrderLine], ident: str, name: str, text: str) -> None:
    """Take over what was typed into a cell; what cannot be read is told."""
    field = record.field(name)
    try:
        with desk.store.read() as session:
            found = session.get(record, ident)
            order = session.get(Order, found.order_id) if isinstance(found, OrderLine) else found
            number = (order.number or "") if isinstance(order, Order) else ""
            currency = (order.currency or "") if isinstance(order, Order) else ""
        value = kinds.parse(field.kind, text, desk.region, field.choices, currency)
        if value is None and name in ("date", "amount"):
            raise InvalidValue(_("An order has a date and an amount. Type one."))
    except UserError as error:
        desk.fail(error)
        return
    label_text = _("{field} of order {number} changed").format(field=_(field.label), number=number)
    act = actions.edit_order if record is Order else actions.edit_line
    step(desk, " ".join(label_text.split()), lambda session: act(session, ident, **{name: value}))
