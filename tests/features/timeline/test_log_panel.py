"""The Log tab: a line typed and entered is a contact, and every gesture can be taken back."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from crmdesk.core import dates
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Affiliation, Customer, Person
from crmdesk.features.timeline import actions
from crmdesk.features.timeline.actions import Contact, Plan
from crmdesk.features.timeline.records import Interaction
from crmdesk.features.timeline.ui.log_panel import LogPanel
from tests.features.workbench_window import Bench, host, open_bench
from tests.qt.accessibility import nameless

TODAY = date(2026, 11, 19)


@pytest.fixture
def customer(store: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(dates.TODAY_VARIABLE, TODAY.isoformat())
    with store.write("Add customer") as session:
        made = Customer(name="Hotel Belvedere")
        person = Person(first_name="Elena", last_name="Zanetti")
        session.add_all([made, person])
        session.flush()
        session.add(Affiliation(person_id=person.id, customer_id=made.id))
    return made.id


@pytest.fixture
def bench(qtbot: QtBot, store: Store, customer: str) -> Bench:
    return open_bench(qtbot, store)


@pytest.fixture
def panel(qtbot: QtBot, bench: Bench, customer: str) -> LogPanel:
    made = host(qtbot, bench, LogPanel, customer)
    assert isinstance(made, LogPanel)
    made.composer.focus()
    return made


def entries(panel: LogPanel) -> list[tuple[str, str]]:
    return [(line.head, line.text) for line in panel.story.story.lines if line.row]


def stored(store: Store) -> list[Interaction]:
    with store.read() as session:
        return list(session.execute(Interaction.alive().order_by(Interaction.at)).scalars())


def plan(store: Store, customer: str, day: date = TODAY, text: str = "Send quote") -> str:
    with store.write("Plan") as session:
        at = datetime.combine(day, datetime.min.time())
        return actions.plan_contact(session, Plan(customer, "phone", at, text)).id


def test_a_line_and_enter_log_a_contact_and_undo_takes_it_back(
    panel: LogPanel, bench: Bench, store: Store, qtbot: QtBot
) -> None:
    qtbot.keyClicks(panel.composer.line, "call elena 15' wants quote softener")
    qtbot.keyClick(panel.composer.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: entries(panel) == [("Call", "wants quote softener")])
    assert panel.composer.empty
    assert bench.told == ["Call with Hotel Belvedere logged"]

    qtbot.keyClick(panel.composer.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: entries(panel) == [])
    assert panel.empty.isVisible()


def test_undo_takes_back_typing_first(panel: LogPanel, store: Store, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.composer.line, "call")
    qtbot.keyClick(panel.composer.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert panel.composer.empty
    assert store.undo_label() == "Add customer"


def test_what_is_understood_stands_under_the_line_before_it_is_saved(panel: LogPanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.composer.line, "visit elena 15' wants quote softener fri")
    chips = [
        panel.composer.chips.itemAt(at).widget().accessibleName()
        for at in range(panel.composer.chips.count())
    ]
    assert chips[0] == "Elena Zanetti"
    assert chips[1].startswith("Today") and chips[1].endswith("15 min")
    assert chips[2] == "Planned Wants quote softener, tomorrow"
    assert panel.composer.kind.text() == "Visit"
    assert len(panel.composer.line.extraSelections()) == 4


def test_a_day_to_come_only_plans_and_the_plan_stands_above(
    panel: LogPanel, store: Store, qtbot: QtBot
) -> None:
    qtbot.keyClicks(panel.composer.line, "call elena about filters mon")
    qtbot.keyClick(panel.composer.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.items.boxes) == 1)
    (planned,) = stored(store)
    assert (planned.state, planned.at, planned.text) == ("planned", datetime(2026, 11, 23), "About filters")
    assert panel.items.isVisible()


def test_ticking_a_planned_contact_moves_it_into_the_timeline(
    panel: LogPanel, store: Store, customer: str, qtbot: QtBot
) -> None:
    ident = plan(store, customer)
    qtbot.waitUntil(lambda: ident in panel.items.boxes)
    box = panel.items.boxes[ident]
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    qtbot.waitUntil(lambda: entries(panel) == [("Call", "Send quote")])
    assert not panel.items.isVisible()
    store.undo()
    qtbot.waitUntil(lambda: ident in panel.items.boxes)


def test_a_planned_contact_can_be_put_off(panel: LogPanel, store: Store, customer: str, qtbot: QtBot) -> None:
    ident = plan(store, customer)
    qtbot.waitUntil(lambda: ident in panel.items.boxes)
    panel.items.postponed.emit(ident, "week")
    assert stored(store)[0].at == datetime(2026, 11, 26)


def test_the_long_form_begins_with_what_the_line_says(panel: LogPanel, store: Store, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.composer.line, "call elena 15' wants quote fri")
    sheet = panel.open_new()
    qtbot.waitUntil(sheet.isVisible)
    assert sheet.form.values()["minutes"] == 15
    sheet.act_button.click()
    qtbot.waitUntil(lambda: len(stored(store)) == 2)
    logged, planned = stored(store)
    assert (logged.text, logged.minutes, planned.state, planned.at.date()) == (
        "wants quote",
        15,
        "planned",
        date(2026, 11, 20),
    )


def test_more_is_read_when_the_end_comes_into_view(
    panel: LogPanel, store: Store, customer: str, qtbot: QtBot
) -> None:
    rows = [
        {
            "customer_id": customer,
            "channel": "phone",
            "at": datetime(2026, 11, 1, 9, number % 60),
            "text": str(number),
        }
        for number in range(130)
    ]
    with store.write("Import") as session:
        session.bulk_insert(Interaction, rows)
    qtbot.waitUntil(lambda: 0 < len(entries(panel)) < 130)

    def scroll_to_the_end() -> bool:
        panel.story.scrollToBottom()
        return len(entries(panel)) == 130

    qtbot.waitUntil(scroll_to_the_end)
    assert sum(1 for line in panel.story.story.lines if line.month) == 1


def test_one_kind_can_be_shown_alone(panel: LogPanel, store: Store, customer: str, qtbot: QtBot) -> None:
    with store.write("Log") as session:
        for channel in ("phone", "visit"):
            actions.log_contact(session, Contact(customer, channel, datetime(2026, 11, 1)))
    panel.show_kind("visit")
    assert [head for head, _text in entries(panel)] == ["Visit"]
    panel.show_kind("order")
    assert entries(panel) == []
    panel.show_kind("")
    assert len(entries(panel)) == 2


def test_a_contact_goes_to_the_trash_by_key(
    panel: LogPanel, store: Store, customer: str, qtbot: QtBot
) -> None:
    with store.write("Log") as session:
        actions.log_contact(session, Contact(customer, "phone", datetime(2026, 11, 1)))
    qtbot.waitUntil(lambda: len(entries(panel)) == 1)
    panel.story.setCurrentIndex(panel.story.story.index(1))
    qtbot.keyClick(panel.story, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: entries(panel) == [])
    with store.read() as session:
        assert session.execute(select(Interaction.deleted)).scalar() == 1


def test_everything_has_a_name(panel: LogPanel, store: Store, customer: str, qtbot: QtBot) -> None:
    ident = plan(store, customer)
    qtbot.waitUntil(lambda: ident in panel.items.boxes)
    assert nameless(panel) == []


def test_a_long_entry_shows_three_lines_until_it_is_opened(
    panel: LogPanel, store: Store, customer: str, qtbot: QtBot
) -> None:
    with store.write("Log") as session:
        contact = Contact(customer, "phone", datetime(2026, 11, 1), "A long story about a boiler. " * 60)
        ident = actions.log_contact(session, contact).id
    qtbot.waitUntil(lambda: len(entries(panel)) == 1)
    entry = panel.story.story.index(1)
    short = panel.story.visualRect(entry).height()
    panel.story.toggle(ident)
    qtbot.waitUntil(lambda: panel.story.visualRect(entry).height() > short)


def test_planning_begins_with_tomorrow(panel: LogPanel, store: Store, qtbot: QtBot) -> None:
    panel.plan()
    qtbot.keyClicks(panel.composer.line, "ask for the architect")
    qtbot.keyClick(panel.composer.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.items.boxes) == 1)
    (planned,) = stored(store)
    assert (planned.at, planned.text) == (datetime(2026, 11, 20), "Ask for the architect")
