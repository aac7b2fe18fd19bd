"""The key figures of a customer, and the small window with the lines that add up to one of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.core import dates, money
from crmdesk.core.i18n import N_, _
from crmdesk.features.customers import rules
from crmdesk.features.customers.queries import CustomerCard
from crmdesk.features.customers.records import GRADES
from crmdesk.features.customers.ui.editing import choice_label
from crmdesk.features.customers.ui.hosting import Explained
from crmdesk.features.customers.ui.source import Place
from crmdesk.qt.labels import KeyFigure
from crmdesk.qt.widgets import ElidedLabel, HLine, Label, label, scrolling

SENTENCES = (
    ("turnover_12m", N_("The orders of the last twelve months, net of tax.")),
    ("orders_12m", N_("The orders of the last twelve months; returns do not count.")),
    ("last_contact", N_("The last contact in the log that took place.")),
    ("potential", N_("What this customer could buy in a year.")),
    ("margin_12m", N_("Amount less cost, for the orders whose cost is known.")),
)
_MOST = 360


def key_figures(card: CustomerCard, place: Place) -> list[KeyFigure]:
    """Five figures, the value and its risk among them where they are kept; what is unknown says so."""
    figures = card.figures
    valued = "equity" in figures and "churn_risk" in figures
    return [
        _turnover(figures, place),
        _equity(figures, place) if valued else _orders(figures, place),
        _risk(figures, place) if valued else _last_contact(figures, place),
        _potential(card, place),
        _margin(figures, place),
    ]


def _equity(figures: Mapping[str, Any], place: Place) -> KeyFigure:
    text, value = _("Customer equity"), figures.get("equity")
    if value is None:
        return _unknown("equity", text, _("no purchase yet"))
    now = figures.get("clv")
    note = _("now {amount}").format(amount=_amount(now, place)) if now is not None else ""
    return KeyFigure("equity", text, _amount(value, place), note)


def _risk(figures: Mapping[str, Any], place: Place) -> KeyFigure:
    text, value = _("Churn risk"), figures.get("churn_risk")
    if value is None:
        return _unknown("churn_risk", text, _("no purchase yet"))
    shown = money.show_percent(round(float(value)), place.region, 0)
    silence = figures.get("overdue")
    late = silence is not None and float(silence) >= 2
    last = _day(figures.get("last_order"))
    note = _("silent {n} days").format(n=(place.today - last).days) if last else ""
    return KeyFigure("churn_risk", text, shown, note, "late" if late else "text_3")


def _unknown(name: str, text: str, note: str) -> KeyFigure:
    return KeyFigure(name, text, _("unknown"), note, computed=False)


def _amount(value: Any, place: Place) -> str:
    return money.show_money(int(value), place.currency, place.region)


def _turnover(figures: Mapping[str, Any], place: Place) -> KeyFigure:
    text, value = _("Turnover 12 m"), figures.get("turnover_12m")
    if value is None:
        return _unknown("turnover_12m", text, _("no orders yet"))
    growth = rules.growth(rules.read_series(figures.get("turnover_quarters")))
    if growth is None:
        return KeyFigure("turnover_12m", text, _amount(value, place))
    sign = "+" if round(growth) > 0 else ""
    share = sign + money.show_percent(round(growth), place.region, 0)
    note = _("{share} in a year").format(share=share)
    color = "ok" if round(growth) > 0 else "text_3"
    return KeyFigure("turnover_12m", text, _amount(value, place), note, color)


def _orders(figures: Mapping[str, Any], place: Place) -> KeyFigure:
    text, value = _("Orders 12 m"), figures.get("orders_12m")
    if value is None:
        return _unknown("orders_12m", text, _("no orders yet"))
    last = _day(figures.get("last_order"))
    note = _("last {date}").format(date=dates.show_date(last, place.region, place.today)) if last else ""
    return KeyFigure("orders_12m", text, money.show_number(int(value), place.region, 0), note)


def _last_contact(figures: Mapping[str, Any], place: Place) -> KeyFigure:
    text, day = _("Last contact"), _day(figures.get("last_contact"))
    note = _("{n} in 12 months").format(n=int(figures.get("contacts_12m") or 0))
    if day is None:
        return KeyFigure("last_contact", text, _("none"), _("nothing logged"), computed=False)
    return KeyFigure("last_contact", text, dates.age(day, place.today, place.region), note)


def _potential(card: CustomerCard, place: Place) -> KeyFigure:
    text, budget = _("Potential"), card.values.get("potential_budget")
    grade = card.values.get("potential_grade")
    word = _(choice_label(GRADES, grade)) if grade else ""
    if budget is not None:
        return KeyFigure("potential", text, _amount(budget, place), word or _("a year"), computed=False)
    computed = card.figures.get("potential")
    if computed is not None and grade:
        return KeyFigure("potential", text, _amount(computed, place), word)
    return KeyFigure("potential", text, _("ungraded"), _("grade it"), "due", computed=False)


def _margin(figures: Mapping[str, Any], place: Place) -> KeyFigure:
    text, value = _("Margin 12 m"), figures.get("margin_12m")
    if value is None:
        return _unknown("margin_12m", text, _("no costs known"))
    turnover = figures.get("turnover_12m")
    note = ""
    if turnover:
        share = money.show_percent(round(int(value) * 100 / int(turnover)), place.region, 0)
        note = _("{share} of turnover").format(share=share)
    return KeyFigure("margin_12m", text, _amount(value, place), note)


def _day(kept: object) -> date | None:
    return date.fromisoformat(kept[:10]) if isinstance(kept, str) and kept else None


class ExplanationPopup(QFrame):
    """A small window under a figure: what it means, its lines, and their sum."""

    def __init__(self, figure: KeyFigure, explained: Explained | None, place: Place, parent: QWidget) -> None:
        """Show how a figure came about; Esc and a click elsewhere close it."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(figure.label)
        self._place = place
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(6)
        column.addWidget(label(figure.label, "label"))
        sentence = dict(SENTENCES).get(figure.name, "")
        if sentence:
            column.addWidget(label(_(sentence), "small", "text_3", wrap=True))
        if explained is not None and explained.lines:
            column.addWidget(self._lines(explained))
            column.addWidget(HLine())
            column.addWidget(self._line(_("Total"), "", explained.total, "strong"))
        else:
            column.addWidget(label(figure.figure, "strong"))
        self.setFixedWidth(380)
        self.adjustSize()

    def _lines(self, explained: Explained) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for one in explained.lines:
            column.addWidget(self._line(one.label, one.note, one.amount, "body"))
        area = scrolling(inner)
        area.setFixedHeight(min(_MOST, inner.sizeHint().height() + 2))
        return area

    def _line(self, what: str, note: str, amount: int, role: str) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 12, 0)
        line.setSpacing(8)
        line.addWidget(ElidedLabel(f"{what} {note}".strip(), role, "text"), 1)
        shown = money.show_money(amount, self._place.currency, self._place.region, cents=True)
        figure = Label(shown, role, "text")
        figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.addWidget(figure)
        return box

    def open_under(self, widget: QWidget) -> None:
        """Open below a widget."""
        self.move(widget.mapToGlobal(QPoint(0, widget.height() + 4)))
        self.show()
