"""The contact log on a real store: logging, planning, ticking off, and what is asked of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text

from crmdesk.core import dates
from crmdesk.core.errors import InvalidValue
from crmdesk.core.feature import load
from crmdesk.core.search import customers_matching
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Affiliation, Customer, Person
from crmdesk.features.timeline import actions, queries
from crmdesk.features.timeline.actions import Contact, Plan
from crmdesk.features.timeline.records import Interaction

NOW = datetime(2026, 11, 19, 10, 20)


@pytest.fixture
def firm(store: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    """A customer with one person, on a day that does not move."""
    monkeypatch.setenv(dates.TODAY_VARIABLE, "2026-11-19")
    with store.write("Add customer") as session:
        customer = Customer(name="Hotel Belvedere")
        person = Person(id="e" * 32, first_name="Elena", last_name="Zanetti")
        session.add_all([customer, person])
        session.flush()
        session.add(Affiliation(person_id=person.id, customer_id=customer.id))
    return customer.id


def log(store: Store, customer: str, at: datetime = NOW, **said: object) -> str:
    with store.write("Log") as session:
        return actions.log_contact(session, Contact(customer, "phone", at, **said)).id  # type: ignore[arg-type]


def figure(store: Store, customer: str, name: str) -> object:
    assert store.derived.figures is not None
    table = store.derived.figures.table
    with store.read() as session:
        return session.execute(select(table.c[name]).where(table.c.customer_id == customer)).scalar()


def story(store: Store, customer: str, **asked: object) -> queries.Chronology:
    sources = load(("customers", "timeline", "orders")).moments()
    with store.read() as session:
        return queries.chronology(session, sources, customer, **asked)  # type: ignore[arg-type]


def test_a_logged_contact_is_in_the_story_with_who_and_how_long(store: Store, firm: str) -> None:
    log(store, firm, text="Wants a quote", minutes=15, mood="4", people=("e" * 32,))

    (entry,) = story(store, firm).past
    assert (entry.head, entry.detail, entry.text, entry.mood) == (
        "Call",
        "Elena Zanetti, 15 min",
        "Wants a quote",
        "4",
    )


def test_logging_with_a_next_step_is_one_undo_step(store: Store, firm: str) -> None:
    with store.write(actions.logged_label("phone", "Hotel Belvedere")) as session:
        contact = Contact(firm, "phone", NOW, "Wants a quote")
        actions.log_contact(session, contact, "Send quote", datetime(2026, 11, 20))
    told = story(store, firm)
    assert [entry.text for entry in told.planned] == ["Send quote"]

    assert store.undo().label == "Call with Hotel Belvedere logged"
    assert story(store, firm) == queries.Chronology((), (), None)


def test_the_figures_follow_each_contact(store: Store, firm: str) -> None:
    log(store, firm, datetime(2026, 11, 9, 9))
    log(store, firm, datetime(2025, 11, 19, 9))
    with store.write("Plan") as session:
        actions.plan_contact(session, Plan(firm, "visit", datetime(2026, 12, 1), "Yearly\nreview"))

    assert figure(store, firm, "last_contact") == "2026-11-09"
    assert figure(store, firm, "contacts_12m") == 1
    assert figure(store, firm, "next_due") == "2026-12-01"
    assert figure(store, firm, "next_what") == "visit|Yearly review"


def test_a_note_is_no_contact(store: Store, firm: str) -> None:
    with store.write("Note") as session:
        actions.log_contact(session, Contact(firm, "note", NOW, "Prefers mornings"))
    assert figure(store, firm, "last_contact") is None
    assert len(story(store, firm).past) == 1


def test_a_ticked_contact_moves_from_plan_to_past(store: Store, firm: str) -> None:
    with store.write("Plan") as session:
        planned = actions.plan_contact(session, Plan(firm, "phone", datetime(2026, 11, 12), "Second try")).id
    with store.write("Done") as session:
        actions.complete_planned(session, planned, NOW, outcome="reached")

    told = story(store, firm)
    assert (told.planned, [entry.at for entry in told.past]) == ((), [NOW])
    with pytest.raises(InvalidValue), store.write("Again") as session:
        actions.complete_planned(session, planned, NOW)


def test_a_postponed_contact_keeps_its_hour(store: Store, firm: str) -> None:
    with store.write("Plan") as session:
        planned = actions.plan_contact(session, Plan(firm, "phone", datetime(2026, 11, 12, 15, 30))).id
    with store.write("Later") as session:
        actions.postpone(session, planned, date(2026, 11, 23))
    assert story(store, firm).planned[0].at == datetime(2026, 11, 23, 15, 30)


def test_people_and_words_of_a_contact_can_be_corrected(store: Store, firm: str) -> None:
    contact = log(store, firm, text="Wrong", people=("e" * 32,))
    with store.write("Edit") as session:
        actions.edit_contact(session, contact, people=(), text="Right")
    (entry,) = story(store, firm).past
    assert (entry.text, entry.detail) == ("Right", "")


def test_a_contact_in_the_trash_is_neither_shown_nor_found(store: Store, firm: str) -> None:
    contact = log(store, firm, text="softener")
    with store.read() as session:
        assert customers_matching(session, "softener") == [firm]
    with store.write("Trash") as session:
        actions.trash_contact(session, contact)
    assert story(store, firm).past == ()
    with store.read() as session:
        assert customers_matching(session, "softener") == []


def test_scrolling_loses_no_entry_even_where_many_share_a_moment(store: Store, firm: str) -> None:
    rows = [
        {
            "customer_id": firm,
            "channel": "phone",
            "at": NOW - timedelta(hours=number // 7),
            "text": str(number),
        }
        for number in range(100)
    ]
    with store.write("Import") as session:
        session.bulk_insert(Interaction, rows)
    seen, before = [], None
    while True:
        part = story(store, firm, before=before, limit=10)
        seen += [entry.text for entry in part.past]
        before = part.last
        if before is None:
            break
    assert sorted(seen, key=int) == [str(number) for number in range(100)]


def test_planned_contacts_of_everybody_come_soonest_first(store: Store, firm: str) -> None:
    with store.write("Plan") as session:
        for day in (28, 12, 20):
            actions.plan_contact(session, Plan(firm, "phone", datetime(2026, 11, day)))
    with store.read() as session:
        found = queries.planned_until(session, date(2026, 11, 26))
    assert [one.at.day for one in found] == [12, 20]


def test_the_story_is_read_along_an_index(store: Store, firm: str) -> None:
    with store.read() as session:
        for query in (queries.past_query(firm, NOW).limit(50), queries.planned_query(firm)):
            plan = session.execute(text("EXPLAIN QUERY PLAN " + str(query)), query.compile().params).all()
            assert "USING INDEX interaction_customer_at" in plan[0][-1], plan
            assert not any("SCAN" in row[-1] or "TEMP B-TREE" in row[-1] for row in plan)
