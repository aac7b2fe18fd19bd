"""Negative controls: a merge rule that is wrong on purpose must be caught by the law of convergence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest

from crmdesk.core import journal, replicate
from crmdesk.core.errors import Refused
from crmdesk.core.merge import Edit, Merged, heads
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer


def by_clock(edits: Iterable[Edit]) -> Merged:
    """Wrong: the latest clock wins over all changes, whoever had seen what."""
    every = list(edits)
    first = max(every, key=lambda edit: edit.rank)
    return Merged(first, tuple(head for head in heads(every) if head.value != first.value))


def without_conflicts(edits: Iterable[Edit]) -> Merged:
    """Wrong: the losing heads are not told."""
    return Merged(heads(edits)[0], ())


@contextmanager
def two_copies() -> Iterator[tuple[Store, Store, str]]:
    here, there = Store.memory(), Store.memory()
    with here.write("Add") as session:
        customer = Customer(name="Rossi")
        session.add(customer)
    deliver(here, there)
    yield here, there, customer.id
    here.close()
    there.close()


def deliver(source: Store, target: Store) -> None:
    with target.read() as session:
        known = journal.vector(session.connection())
    target.receive(source.outgoing(known))


def rename(store: Store, ident: str, name: str) -> None:
    with store.write("Rename") as session:
        session.get_alive(Customer, ident).name = name


def laws_hold() -> bool:
    """Whether two copies that edited apart agree afterwards, and say where they differed."""
    with two_copies() as (here, there, ident):
        rename(here, ident, "Rossi srl")
        rename(there, ident, "Rossi snc")
        deliver(here, there)
        deliver(there, here)
        names, told = [], []
        for store in (here, there):
            with store.read() as session:
                names.append(session.get_one(Customer, ident).name)
                told.append(replicate.conflicts(session))
        both = {"Rossi srl", "Rossi snc"}
        listed = all({head[2] for head in found[0]["heads"]} == both if found else False for found in told)
        return names[0] == names[1] and told[0] == told[1] and listed


def knowledge_wins(monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether an edit made in the knowledge of another stands everywhere, though its clock is behind."""
    clock = [100, 900, 5]
    with monkeypatch.context() as patched:
        patched.setattr(journal, "next_hlc", lambda _last: clock.pop(0) << 16)
        with two_copies() as (here, there, ident):
            rename(here, ident, "Rossi srl")
            deliver(here, there)
            rename(there, ident, "Rossi snc")
            deliver(there, here)
            found = []
            for store in (here, there):
                with store.read() as session:
                    found.append((session.get_one(Customer, ident).name, replicate.conflicts(session)))
    return found == [("Rossi snc", [])] * 2


def test_the_right_rule_passes_the_laws(monkeypatch: pytest.MonkeyPatch) -> None:
    assert laws_hold() and knowledge_wins(monkeypatch)


def test_a_winner_by_clock_alone_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replicate, "merge_cell", by_clock)

    assert not knowledge_wins(monkeypatch)


def test_a_dropped_conflict_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replicate, "merge_cell", without_conflicts)

    assert not laws_hold()


def test_a_duplicate_that_is_not_skipped_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replicate, "_is_known", lambda *_given: False)

    with two_copies() as (here, there, _ident), pytest.raises(Refused):
        there.receive(here.outgoing({}))


def test_the_same_delivery_again_changes_nothing() -> None:
    with two_copies() as (here, there, _ident):
        assert there.receive(here.outgoing({}) * 2).steps == 0


def test_a_gap_that_is_accepted_is_caught_by_the_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replicate, "_check_causes", lambda *_given: None)

    with two_copies() as (here, there, ident):
        for name in ("Rossi srl", "Rossi snc"):
            rename(here, ident, name)
        with pytest.raises(Refused, match="altered"):
            there.receive(here.outgoing({here.replica: 2}))
