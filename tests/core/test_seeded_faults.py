"""Negative controls: a merge rule that is wrong on purpose must be caught by the law of convergence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from crmdesk.core import journal, replicate
from crmdesk.core.merge import Edit, Merged, heads, merge_cell
from crmdesk.core.store import Store
from crmdesk.features.customers.records import Customer


def by_clock(edits: Iterable[Edit]) -> Merged:
    """Wrong: the latest clock wins over all changes, whoever had seen what."""
    first, *rest = sorted(edits, key=lambda edit: edit.rank, reverse=True)
    return Merged(first, ())


def without_conflicts(edits: Iterable[Edit]) -> Merged:
    """Wrong: the losing heads are not told."""
    return Merged(heads(edits)[0], ())


def mine_first(edits: Iterable[Edit]) -> Merged:
    """Wrong: each copy prefers what it had first."""
    first, *rest = [edit for edit in edits if edit in heads(edits)] or heads(edits)
    return Merged(first, tuple(rest))


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


def ahead(store: Store, milliseconds: int) -> None:
    """Set the clock of a copy ahead, by what it has seen last."""
    with store._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE txn SET hlc = hlc + ? WHERE dev = ?", (milliseconds << 16, store.replica))


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


def knowledge_wins() -> bool:
    """Whether an edit made in the knowledge of another stands, though its clock is behind."""
    first = Edit("a", 1, 900, {"a": 1}, "old")
    second = Edit("b", 1, 5, {"a": 1, "b": 1}, "new")
    return replicate.merge_cell([first, second]).value == "new"


def test_the_right_rule_passes_the_laws() -> None:
    assert laws_hold() and knowledge_wins()


@pytest.mark.parametrize("rule", [by_clock, without_conflicts, mine_first])
def test_a_wrong_rule_is_caught_by_the_laws(monkeypatch: pytest.MonkeyPatch, rule: Any) -> None:
    monkeypatch.setattr(replicate, "merge_cell", rule)

    assert not (laws_hold() and knowledge_wins())


def test_the_rule_in_use_is_the_one_under_test() -> None:
    assert replicate.merge_cell is merge_cell
