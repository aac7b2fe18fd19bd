"""The load-bearing walls: who may import whom, and who may change the store.

Each rule reads the syntax tree of every module. A broken rule fails with one sentence per place: who, what,
and which rule forbids it.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache

import pytest

from tests.reading_code import (
    ROOT,
    SLICES_AT,
    Complaint,
    Rule,
    Source,
    called,
    forgotten_exceptions,
    functions,
    hold,
    imports,
    needs,
    slices,
    sources,
    within,
)

QT = ("PySide6", "pyqtgraph")
FORMAT_LIBRARIES = ("openpyxl", "python_calamine", "xlsxwriter")
HEAVY = (
    "babel",
    "defusedxml",
    "lxml",
    "numpy",
    "openpyxl",
    "phonenumbers",
    "pyqtgraph",
    "python_calamine",
    "rapidfuzz",
    "stdnum",
    "xlsxwriter",
)
PLAIN = ("money", "dates", "datetext", "calendar_names", "errors", "kinds", "i18n")
RULES_MAY_USE = tuple(f"crmdesk.core.{name}" for name in PLAIN)


def layers(source: Source) -> Iterator[Complaint]:
    """Core knows no slice and no Qt, the toolkit knows no slice, Qt stays in its places."""
    here = source.name
    core, headless_slice = within(here, "crmdesk.core"), source.slice and not source.is_ui
    for name, line in imports(source.tree):
        if name.startswith("."):
            reason = "imports are written in full"
        elif core and name.startswith("crmdesk.") and not within(name, "crmdesk.core", "crmdesk.__version__"):
            reason = "the core imports nothing of ours but the core"
        elif within(here, "crmdesk.qt") and within(name, SLICES_AT):
            reason = "the toolkit knows no slice"
        elif within(name, *QT) and not source.is_ui:
            reason = "Qt is for crmdesk.qt, the ui of slices, desktop.py and tour.py"
        elif headless_slice and (within(name, "crmdesk.qt") or ".ui." in f"{name}."):
            reason = "a slice runs without Qt, but for its ui"
        elif source.slice and within(name, "crmdesk.cli", "crmdesk.desktop", "crmdesk.tour"):
            reason = "a slice does not know who starts it"
        else:
            continue
        yield Complaint(here, f"{here}:{line} imports {name}, but {reason}")


def slice_needs(source: Source) -> Iterator[Complaint]:
    """A slice imports another only if its feature.py lists it in needs."""
    for name, line in imports(source.tree):
        other = name.split(".")[2] if source.slice and name.startswith(SLICES_AT + ".") else source.slice
        if other != source.slice and other != "SLICES" and other not in needs(source.slice):
            reason = f"the slice {source.slice} does not list {other} in its needs"
            yield Complaint(source.name, f"{source.name}:{line} imports {name}, but {reason}")


def formats(source: Source) -> Iterator[Complaint]:
    """Format libraries stay in features/exchange/formats."""
    for name, line in imports(source.tree):
        if within(name, *FORMAT_LIBRARIES) and not within(source.name, f"{SLICES_AT}.exchange.formats"):
            reason = "format libraries belong to features/exchange/formats"
            yield Complaint(source.name, f"{source.name}:{line} imports {name}, but {reason}")


def late_imports(source: Source) -> Iterator[Complaint]:
    """Imports stand at the top; only heavy libraries are loaded on first use, and formats always so."""
    if source.name == "crmdesk.__main__":
        return
    late = {found for function in functions(source.tree) for found in imports(function)}
    for name, line in sorted(set(imports(source.tree))):
        if (name, line) in late and not within(name, *HEAVY):
            reason = "only heavy libraries are imported inside a function"
            yield Complaint(source.name, f"{source.name}:{line} imports {name} in a function, but {reason}")
        if (name, line) not in late and within(name, *FORMAT_LIBRARIES):
            reason = "format libraries are loaded on first use"
            yield Complaint(source.name, f"{source.name}:{line} imports {name} at its top, but {reason}")


def pure_rules(source: Source) -> Iterator[Complaint]:
    """Rules, and what they take from their own slice, need the standard library and plain values only."""
    if source.name not in rule_modules(source.slice):
        return
    for name, line in imports(source.tree):
        own = within(name, *rule_modules(source.slice)) if source.slice else False
        if not own and not within(name, *RULES_MAY_USE) and name.split(".")[0] not in sys.stdlib_module_names:
            reason = (
                "rules think over plain values: the standard library and money, dates, errors, kinds, i18n"
            )
            yield Complaint(source.name, f"{source.name}:{line} imports {name}, but {reason}")


@cache
def rule_modules(name: str) -> frozenset[str]:
    """The rules of a slice and every module of the same slice that they draw in."""
    mine = {source.name: source for source in sources() if name and source.slice == name}
    found = {module for module in mine if module == f"{SLICES_AT}.{name}.rules"}
    waiting = set(found)
    while waiting:
        used = {used for used, _line in imports(mine[waiting.pop()].tree)}
        fresh = {module for module in mine if any(within(one, module) for one in used)} - found
        fresh.discard(f"{SLICES_AT}.{name}")
        found |= fresh
        waiting |= fresh
    return frozenset(found)


def bulk_statements(source: Source) -> Iterator[Complaint]:
    """Only the core writes with statements; elsewhere the journal would miss the change."""
    if within(source.name, "crmdesk.core"):
        return
    reason = "only the core writes with statements, or the journal would miss the change"
    for name, line in imports(source.tree):
        if within(name, "sqlalchemy") and name.split(".")[-1] in ("insert", "update", "delete"):
            yield Complaint(source.name, f"{source.name}:{line} imports {name}, but {reason}")
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        if called(node) in ("insert", "update", "delete") and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value)
            if owner in ("sqlalchemy", "sa") or "__table__" in owner or ".query(" in owner:
                yield Complaint(
                    source.name, f"{source.name}:{node.lineno} calls {called(node)}(), but {reason}"
                )
        if called(node) in ("text", "exec_driver_sql") and node.args and built_text(node.args[0]):
            why = "only the core builds SQL from parts"
            yield Complaint(source.name, f"{source.name}:{node.lineno} builds SQL text, but {why}")


def built_text(node: ast.expr) -> bool:
    """Whether an expression puts a text together from parts."""
    formatted = isinstance(node, ast.Call) and called(node) in ("format", "join")
    return isinstance(node, ast.JoinedStr | ast.BinOp) or formatted


RULES: tuple[Rule, ...] = (layers, slice_needs, formats, late_imports, pure_rules, bulk_statements)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_code_keeps_the_rule(rule: Rule) -> None:
    hold(rule)


def test_every_exception_is_still_needed_and_has_a_reason() -> None:
    assert not forgotten_exceptions(RULES)


def test_every_folder_of_features_is_in_the_list_and_the_other_way_round() -> None:
    folders = {path.parent.name for path in (ROOT / "crmdesk/features").glob("*/__init__.py")}
    assert folders == set(slices())


@pytest.mark.parametrize("name", slices())
def test_a_slice_needs_only_slices_before_it_in_the_list(name: str) -> None:
    before = slices()[: slices().index(name)]
    assert set(needs(name)) <= set(before), f"{name} needs {needs(name)}, but only {before} stand before it"


BLOCKED = """
import sys
class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6", "pyqtgraph"):
            raise ImportError(name + " is blocked")
sys.meta_path.insert(0, Wall())
import crmdesk.cli
heavy = {"lxml", "numpy", "openpyxl", "pyqtgraph"} & set(sys.modules)
sys.exit(f"loaded at start: {sorted(heavy)}" if heavy else 0)
"""


def test_the_command_line_starts_without_qt_and_without_heavy_libraries() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    if done.returncode:
        pytest.fail(f"import crmdesk.cli with Qt blocked failed:\n{done.stderr}", pytrace=False)
