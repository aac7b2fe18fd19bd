"""The merge rule: who had seen what decides, the clock only breaks ties."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.merge import Edit, heads, merge_cell, merge_rows, merge_tombstone


def edit(dev: str, seq: int, value: object, seen: dict[str, int] | None = None, hlc: int = 0) -> Edit:
    return Edit(dev, seq, hlc or seq, {dev: seq} | (seen or {}), value)


def test_an_edit_that_had_seen_another_wins_whatever_the_clock_says() -> None:
    first = edit("a", 1, "old", hlc=900)
    second = edit("b", 1, "new", seen={"a": 1}, hlc=5)

    merged = merge_cell([first, second])

    assert merged.value == "new" and merged.losers == ()


def test_two_edits_that_did_not_know_of_each_other_are_a_conflict() -> None:
    merged = merge_cell([edit("a", 1, "x", hlc=5), edit("b", 1, "y", hlc=7)])

    assert merged.value == "y"
    assert [loser.value for loser in merged.losers] == ["x"]


def test_equal_clocks_are_decided_by_the_replica_on_both_sides() -> None:
    edits = [edit("a", 1, "x", hlc=7), edit("b", 1, "y", hlc=7)]

    assert merge_cell(edits).value == merge_cell(edits[::-1]).value == "y"


def test_the_same_value_on_both_sides_is_no_conflict() -> None:
    assert merge_cell([edit("a", 1, "x"), edit("b", 1, "x")]).losers == ()


def test_a_later_edit_resolves_for_all() -> None:
    edits = [edit("a", 1, "x"), edit("b", 1, "y"), edit("a", 2, "z", seen={"b": 1})]

    assert [head.value for head in heads(edits)] == ["z"]


def test_an_edit_beside_a_deletion_lets_the_row_live_and_stands_as_conflict() -> None:
    deletion, touched = edit("a", 2, 1), edit("b", 1, "new name", seen={"a": 1})

    merged = merge_tombstone([edit("a", 1, 0), deletion], [touched])

    assert merged.value == 0
    assert [loser.value for loser in merged.losers] == [1]


def test_a_deletion_that_had_seen_all_edits_deletes() -> None:
    touched = edit("b", 1, "new name", seen={"a": 1})
    deletion = edit("a", 2, 1, seen={"b": 1})

    assert merge_tombstone([edit("a", 1, 0), deletion], [touched]).value == 1


rows = st.dictionaries(st.sampled_from("abc"), st.integers(0, 2))


@given(base=rows, mine=rows, theirs=rows)
def test_three_way_merge_takes_each_change_or_names_the_clash(
    base: dict[str, int], mine: dict[str, int], theirs: dict[str, int]
) -> None:
    merged = merge_rows(base, mine, theirs)

    for name, value in theirs.items():
        clash = any(found.field == name for found in merged.clashes)
        changed_here = mine.get(name) != base.get(name)
        assert clash == (changed_here and value not in (base.get(name), mine.get(name)))
        if value != base.get(name) and not clash:
            assert merged.result[name] == value


@given(base=rows, mine=rows)
def test_three_way_merge_with_an_unchanged_side_is_the_other_side(
    base: dict[str, int], mine: dict[str, int]
) -> None:
    assert merge_rows(base, mine, base).result == mine
    assert merge_rows(base, base, mine).result == base | mine
