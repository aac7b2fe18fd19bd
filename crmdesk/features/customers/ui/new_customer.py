"""The row that adds a customer: a name is enough, and one that is there already is said at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crmdesk.core.errors import UserError
from crmdesk.core.i18n import _
from crmdesk.features.customers import actions, queries
from crmdesk.qt.desk import Desk
from crmdesk.qt.restyle import set_property
from crmdesk.qt.widgets import Button, Label


class NewCustomer(QFrame):
    """A small form over the list: name, trade, town, phone; Enter adds, Esc leaves."""

    made = Signal(str)
    twin_chosen = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self._desk = desk
        self._twin = ""
        self.setProperty("surface", "bg_sunken")
        self.name = self._field(_("Name of the customer"))
        self.trade = self._field(_("Trade"))
        self.town = self._field(_("Town"))
        self.phone = self._field(_("Phone"))
        self.message = Label("", "small", "due")
        self.open_twin = Button(_("Open it"), "link")
        self.add = Button(_("Add customer"), "plain")
        self.cancel = Button(_("Cancel"), "ghost")
        self._build()
        self._connect()
        self.hide()

    def _field(self, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(hint)
        field.setAccessibleName(hint)
        field.installEventFilter(self)
        return field

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addWidget(self.name)
        second = QHBoxLayout()
        second.setSpacing(8)
        for part in (self.trade, self.town, self.phone):
            second.addWidget(part, 1)
        column.addLayout(second)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(self.message)
        foot.addWidget(self.open_twin)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.add)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.name.textChanged.connect(self._look_for_twin)
        self.add.clicked.connect(self.commit)
        self.cancel.clicked.connect(self.leave)
        self.open_twin.clicked.connect(self._take_twin)

    def begin(self, name: str = "") -> None:
        """Show the empty form, with the name already known."""
        for part in (self.trade, self.town, self.phone):
            part.clear()
        self.name.setText(name)
        self._say("")
        self.show()
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Hide the form; nothing is added."""
        self.hide()
        self.left.emit()

    def commit(self) -> None:
        """Add the customer in one step; what is wrong is said under the field."""
        region = self._desk.region
        try:
            with self._desk.store.write(_("Add {name}").format(name=self.name.text().strip())) as session:
                customer = actions.create_customer(
                    session, self.name.text(), trade=self.trade.text().strip() or None
                )
                if self.town.text().strip():
                    actions.add_address(session, customer, town=self.town.text().strip())
                if self.phone.text().strip():
                    actions.add_point(session, customer, "phone", self.phone.text(), region)
        except UserError as error:
            self._say(str(error), "late")
            set_property(self.name, "invalid", not self.name.text().strip())
            return
        self.hide()
        self.made.emit(customer.id)

    def _look_for_twin(self, name: str) -> None:
        set_property(self.name, "invalid", False)
        figures = self._desk.store.derived.figures
        if figures is None:
            return
        with self._desk.store.read() as session:
            found = queries.twins(session, name, figures)
        self._twin = found[0].id if found else ""
        self._say(_("There is a customer of this name already.") if found else "")

    def _say(self, text: str, color: str = "due") -> None:
        self.message.setText(text)
        self.message.set_color(color)
        self.open_twin.setVisible(bool(self._twin) and bool(text))

    def _take_twin(self) -> None:
        self.hide()
        self.twin_chosen.emit(self._twin)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter adds from every field, Esc leaves."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.commit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
        return super().eventFilter(watched, event)
