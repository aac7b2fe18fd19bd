"""A customer named like a web page: nothing in any page reads the name as markup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as Gui
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.core import dates, i18n
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer, Tag
from crmdesk.features.customers.ui.page import CustomersPage
from crmdesk.features.home.ui.page import TodayPage
from crmdesk.features.orders import actions as orders
from crmdesk.features.orders.ui.page import OrdersPage
from crmdesk.features.portfolio.ui.page import PortfolioPage
from crmdesk.features.timeline import actions as timeline
from crmdesk.features.timeline.actions import Plan
from tests.features.workbench_window import Bench, open_bench

EVIL = '<img src="file:///etc/passwd"><b>x</b>'
TODAY = date(2026, 11, 19)
PAGES = (TodayPage, CustomersPage, PortfolioPage, OrdersPage)


@pytest.fixture
def bench(store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """A window over ten customers of that name, each with orders and something planned."""
    monkeypatch.setenv(dates.TODAY_VARIABLE, TODAY.isoformat())
    i18n.install("en")
    with store.write(EVIL) as session:
        ids = session.bulk_insert(Customer, [{"name": f"{EVIL}{n}", "trade": EVIL} for n in range(10)])
        for place, ident in enumerate(ids):
            at = datetime.combine(TODAY + timedelta(place), datetime.min.time())
            timeline.plan_contact(session, Plan(ident, "phone", at, EVIL))
            orders.add_order(session, ident, TODAY, 100_00 * (place + 1), EVIL)
            session.add(Tag(customer_id=ident, name="R&D"))
    store.keep_up()
    made = open_bench(qtbot, store, PAGES)
    yield made
    made.leave()


def texts(widget: QWidget) -> Iterator[str]:
    """All tool tips below a widget, those of the rows of its lists too."""
    for child in [widget, *widget.findChildren(QWidget)]:
        yield child.toolTip()
        model = child.model() if isinstance(child, QAbstractItemView) else None
        for row in range(min(model.rowCount(), 12) if model is not None else 0):
            yield str(model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) or "")


def parsed(tip: str) -> str:
    """What is left of a tool tip once Qt has read it; a picture would be one odd letter."""
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


@pytest.mark.parametrize("page", [kind.name for kind in PAGES])
def test_no_page_reads_a_name_as_markup(bench: Bench, page: str, qtbot: QtBot) -> None:
    bench.window.resize(1024, 640)
    bench.window.go(page)
    qtbot.wait(50)
    window = bench.window
    for tip in filter(Gui.mightBeRichText, texts(window)):
        assert "\ufffc" not in parsed(tip) and "<img" in parsed(tip)
    for shown in window.findChildren(QLabel):
        assert shown.textFormat() == Qt.TextFormat.PlainText or not Gui.mightBeRichText(shown.text())
    for button in window.findChildren(QAbstractButton):
        assert button.shortcut().isEmpty() or "&" not in button.text()


def test_palette_title_and_messages_show_the_name_as_it_is(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("customers")
    page = bench.window.current()
    assert isinstance(page, CustomersPage)
    qtbot.waitUntil(lambda: page.card.card is not None)
    page.open_history()
    dialog = next(one for one in page.findChildren(QDialog) if one.isVisible())
    assert EVIL in dialog.windowTitle()
    for shown in dialog.findChildren(QLabel):
        assert shown.textFormat() == Qt.TextFormat.PlainText or not Gui.mightBeRichText(shown.text())
    dialog.close()
    bench.window.tell(EVIL)
    assert bench.window.band.message.textFormat() == Qt.TextFormat.PlainText
    bench.window.band.clear()


def test_a_tag_with_an_ampersand_is_whole_in_the_filter_menu(bench: Bench, qtbot: QtBot) -> None:
    bench.window.go("customers")
    page = bench.window.current()
    assert isinstance(page, CustomersPage)
    menus = {action.text(): action.menu() for action in page.list.filters.menu().actions()}
    assert [action.text() for action in menus["Tag"].actions()] == ["R&&D"]
