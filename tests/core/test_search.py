"""Search: blind to case, accents, ё and е and the blanks of phone numbers; words by beginnings and inside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core import search
from crmdesk.core.store import Store
from crmdesk.features.customers.records import ContactPoint, Customer, Person


def fill(store: Store, *names: str) -> dict[str, str]:
    with store.write("Add") as session:
        made = [Customer(name=name) for name in names]
        session.add_all(made)
    return {customer.id: customer.name for customer in made}


def found(store: Store, words: str) -> set[str]:
    with store.read() as session:
        ids = search.customers_matching(session, words) or []
        return {customer.name for customer in session.scalars(Customer.alive()) if customer.id in ids}


@pytest.mark.parametrize("typed", ["citta", "CITTÀ", "città", "Citt", "nuova cit", "  città  nuova "])
def test_case_accents_and_order_make_no_difference(store: Store, typed: str) -> None:
    fill(store, "Bar Città Nuova", "Bar Centrale")

    assert found(store, typed) == {"Bar Città Nuova"}


@pytest.mark.parametrize("typed", ["елкин", "Ёлкин", "ЁЛК", "елк"])
def test_yo_and_ye_are_one_letter(store: Store, typed: str) -> None:
    fill(store, "ООО Ёлкин", "ООО Палкин")

    assert found(store, typed) == {"ООО Ёлкин"}


def test_short_i_is_a_letter_of_its_own() -> None:
    assert search.fold("йошкар") != search.fold("иошкар")
    assert search.fold("МОСКВА") == search.fold("москва")


@pytest.mark.parametrize("typed", ["d'angelo", "D’Angelo", "angelo", "dangelo"])
def test_an_apostrophe_does_not_hide_a_name(store: Store, typed: str) -> None:
    fill(store, "Impianti D'Angelo")

    assert found(store, typed) == ({"Impianti D'Angelo"} if typed != "dangelo" else set())


@pytest.mark.parametrize("typed", ["0323550142", "0323 550142", "550142", "0323 550 142", "+39 0323 550142"])
def test_a_phone_is_found_however_it_is_written(store: Store, typed: str) -> None:
    ids = fill(store, "Hotel Belvedere")
    with store.write("Phone") as session:
        session.add(ContactPoint(customer_id=next(iter(ids)), value="+39 0323 550-142"))

    assert found(store, typed) == {"Hotel Belvedere"}


def test_a_part_inside_a_word_is_found_when_no_word_begins_so(store: Store) -> None:
    fill(store, "Hotel Belvedere", "Verde Acqua")

    assert found(store, "vedere") == {"Hotel Belvedere"}
    assert found(store, "verd") == {"Verde Acqua"}


def test_the_index_follows_edits_trash_and_undo(store: Store) -> None:
    ids = fill(store, "Rossi")
    with store.write("Rename") as session:
        session.get_alive(Customer, next(iter(ids))).name = "Bianchi"
    assert found(store, "rossi") == set() and found(store, "bianchi") == {"Bianchi"}

    store.undo()
    assert found(store, "bianchi") == set() and found(store, "rossi") == {"Rossi"}
    with store.write("Trash") as session:
        session.trash(session.get_alive(Customer, next(iter(ids))))
    assert found(store, "rossi") == set()


def test_words_of_different_records_of_one_customer_count_together(store: Store) -> None:
    ids = fill(store, "Rossi", "Verdi")
    from crmdesk.features.customers.records import Affiliation

    with store.write("Person") as session:
        person = Person(first_name="Elena", last_name="Zanetti")
        session.add(person)
        session.flush()
        session.add(Affiliation(person_id=person.id, customer_id=next(iter(ids))))

    assert found(store, "zanetti rossi") == {"Rossi"}


@given(st.text(max_size=30))
def test_nothing_that_can_be_typed_breaks_the_search(typed: str) -> None:
    expression = search.match(typed)

    assert expression is None or expression.count('"') == 2 * len(search.fold_phones(typed).split())


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(words: str) -> None:
    assert search.fold(search.fold(words)) == search.fold(words)
