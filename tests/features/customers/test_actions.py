"""What can be done with customers: each in one step that can be undone."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.core import i18n
from crmdesk.core.errors import InvalidValue
from crmdesk.core.store import Store
from crmdesk.features.customers import actions, queries
from crmdesk.features.customers.queries import CustomerCard
from crmdesk.features.customers.records import Affiliation, ContactPoint, Customer, Person

ITALY = i18n.region("it_IT")


def made(store: Store, name: str = "Hotel Belvedere") -> str:
    with store.write("new") as session:
        return actions.create_customer(session, name).id


def card(store: Store, ident: str) -> CustomerCard:
    with store.read() as session:
        found = queries.card(session, ident, store.derived.figures)
    assert found is not None
    return found


def test_a_customer_needs_no_more_than_a_name(store: Store) -> None:
    ident = made(store, "  Bar   Sport ")
    assert card(store, ident).name == "Bar Sport"
    with pytest.raises(InvalidValue), store.write("new") as session:
        actions.create_customer(session, "  ")


def test_a_field_is_read_by_its_kind_and_undone_in_one_step(store: Store) -> None:
    ident = made(store)
    with store.write("edit") as session:
        customer = session.get_alive(Customer, ident)
        actions.set_field(session, customer, "potential_budget", "5.500,50", ITALY, "EUR")
        actions.set_field(session, customer, "since", "1/9/2014", ITALY)
    assert card(store, ident).values["potential_budget"] == 550050
    assert card(store, ident).values["since"] == date(2014, 9, 1)
    store.undo()
    assert card(store, ident).values["since"] is None


def test_the_name_of_a_customer_cannot_be_emptied(store: Store) -> None:
    ident = made(store)
    with pytest.raises(InvalidValue), store.write("edit") as session:
        actions.set_field(session, session.get_alive(Customer, ident), "name", " ", ITALY)
    assert card(store, ident).name == "Hotel Belvedere"


def test_the_first_number_is_preferred_until_another_is(store: Store) -> None:
    ident = made(store)
    with store.write("points") as session:
        customer = session.get_alive(Customer, ident)
        actions.add_point(session, customer, "phone", "0323 550142", ITALY)
        second = actions.add_point(session, customer, "mobile", "347 550 1987", ITALY)
        actions.add_point(session, customer, "email", "info@belvedere.example", ITALY)
        actions.set_preferred(session, second)
    marked = [point.value for point in card(store, ident).points if point.preferred]
    assert marked == ["347 550 1987", "info@belvedere.example"]
    assert card(store, ident).figures["phone"] == "347 550 1987"


def test_a_person_may_work_for_two_customers(store: Store) -> None:
    hotel, bar = made(store), made(store, "Bar Sport")
    with store.write("person") as session:
        role = actions.add_person(session, hotel, "Elena", "Zanetti", "director")
        actions.link_person(session, role.person_id, bar, "owner")
        actions.set_decides(session, role.id, True)
        person = session.get_alive(Person, role.person_id)
        actions.add_point(session, person, "phone", "0323 550142", ITALY)
    assert [line.role for line in card(store, hotel).people + card(store, bar).people] == [
        "director",
        "owner",
    ]
    assert card(store, bar).figures["phone"] == "0323 550142"


def test_somebody_who_left_is_listed_last_and_no_longer_called(store: Store) -> None:
    ident = made(store)
    with store.write("people") as session:
        gone = actions.add_person(session, ident, "Marco", "Villa")
        actions.add_person(session, ident, "Elena", "Zanetti")
        actions.add_point(session, session.get_alive(Person, gone.person_id), "phone", "1", ITALY)
        actions.end_affiliation(session, gone.id, date(2026, 1, 31))
    assert [line.last_name for line in card(store, ident).people] == ["Zanetti", "Villa"]
    assert card(store, ident).figures["phone"] is None


def test_the_preferred_address_gives_the_town(store: Store) -> None:
    ident = made(store)
    with store.write("addresses") as session:
        customer = session.get_alive(Customer, ident)
        actions.add_address(session, customer, street="Via Roma 1", town="Stresa")
        actions.set_preferred(session, actions.add_address(session, customer, town="Verbania"))
        with pytest.raises(InvalidValue):
            actions.add_address(session, customer, kind="billing", town="")
    assert card(store, ident).figures["town"] == "Verbania"


def test_a_tag_is_put_on_once_and_comes_back_from_the_trash(store: Store) -> None:
    ident = made(store)
    with store.write("tags") as session:
        tag = actions.add_tag(session, ident, "Lago")
        actions.remove(session, tag)
        assert actions.add_tag(session, ident, "lago").id == tag.id
    assert [line.name for line in card(store, ident).tags] == ["Lago"]


def test_customers_go_to_the_trash_and_come_back(store: Store) -> None:
    ident, other = made(store), made(store, "Bar Sport")
    with store.write("trash") as session:
        assert actions.trash_customers(session, [ident, "nowhere"]) == 1
    with store.read() as session:
        assert [line.id for line in queries.trashed(session)] == [ident]
        assert [line.id for line in queries.recent(session, 5)] == [other]
    with store.write("restore") as session:
        assert actions.restore_customers(session, [ident, other]) == 1
    assert not card(store, ident).trashed


def test_a_step_names_whose_field_it_changed(store: Store) -> None:
    ident = made(store)
    with store.write("names") as session:
        role = actions.add_person(session, ident, "Marco", "Villa")
        point = actions.add_point(session, session.get_alive(Person, role.person_id), "phone", "1", ITALY)
        assert actions.owner_name(session, point) == "Marco Villa"
        assert actions.owner_name(session, role) == "Marco Villa"
        assert actions.owner_name(session, session.get_alive(Customer, ident)) == "Hotel Belvedere"
        assert (Affiliation.title, ContactPoint.title) == ("Role", "Phone or e-mail")
