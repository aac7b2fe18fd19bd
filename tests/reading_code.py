"""Reads the source of the program as syntax trees, for the tests of its architecture and of its shape."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SLICES_AT = "crmdesk.features"

# (place, rule) -> the reason why this place may break this rule. A place is a module or module.name.
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("customers", "slice_size"): "two thirds are screens: the list, and the card that hosts all panels",
    ("timeline", "slice_size"): "half is the composer, which understands a line in three languages",
    ("portfolio", "slice_size"): "half are the screens of the quadrant, its playbook and its grading",
    ("value", "slice_size"): "half are screens: the value sheet, which opens every figure to its sum",
    ("insights", "slice_size"): "half are the charts and tables of eleven findings",
    ("exchange", "slice_size"): "formats, understanding, plan and wizard are what the program is for",
    ("crmdesk.core.log", "late_imports"): "importlib.metadata costs a tenth of a start",
    ("crmdesk.qt.undo_actions", "late_imports"): "the window paints before SQLAlchemy is loaded",
    ("crmdesk.desktop", "late_imports"): "the window paints before SQLAlchemy and the slices are loaded",
}

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Source:
    """One module of the program with its syntax tree."""

    path: Path
    name: str
    tree: ast.Module
    lines: int

    @property
    def slice(self) -> str:
        """The slice it belongs to, or nothing."""
        parts = self.name.split(".")
        return parts[2] if self.name.startswith(SLICES_AT + ".") else ""

    @property
    def is_ui(self) -> bool:
        """Whether Qt may be used here."""
        if self.slice:
            return within(self.name, f"{SLICES_AT}.{self.slice}.ui")
        roots = ("crmdesk.desktop", "crmdesk.workbench", "crmdesk.tour")
        return within(self.name, "crmdesk.qt") or self.name in roots


@dataclass(frozen=True, slots=True)
class Complaint:
    """One broken rule: the place, and the sentence to print."""

    place: str
    sentence: str


Rule = Callable[[Source], Iterator[Complaint]]


def within(name: str, *packages: str) -> bool:
    """Whether a dotted name lies in one of the packages."""
    return any(name == package or name.startswith(package + ".") for package in packages)


@cache
def sources(folder: str = "crmdesk") -> tuple[Source, ...]:
    """Every module below a folder of the repository."""
    found = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(Source(path, name, ast.parse(text), len(text.splitlines())))
    return tuple(found)


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every full name that is imported, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, FUNCTIONS))


def classes(tree: ast.AST) -> Iterator[ast.ClassDef]:
    """Every class, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def length(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The number of lines from def or class to the end."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


@cache
def slices() -> tuple[str, ...]:
    """The list of slices, in the order of what needs what."""
    tree = ast.parse((ROOT / "crmdesk/features/__init__.py").read_text(encoding="utf-8"))
    (found,) = [node.value for node in tree.body if isinstance(node, ast.Assign)]
    return tuple(ast.literal_eval(found))


@cache
def needs(name: str) -> tuple[str, ...]:
    """The slices a slice declares to need, in its feature.py."""
    path = ROOT / "crmdesk/features" / name / "feature.py"
    if not path.exists():
        return ()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "needs":
            return tuple(ast.literal_eval(node.value))
    return ()


@cache
def methods(class_name: str) -> frozenset[str]:
    """The methods of the classes of ours that bear a name."""
    found = [kind for source in sources() for kind in classes(source.tree) if kind.name == class_name]
    return frozenset(node.name for kind in found for node in kind.body if isinstance(node, FUNCTIONS))


def broken(rule: Rule) -> list[Complaint]:
    """Every place where a rule is broken."""
    return [complaint for source in sources() for complaint in rule(source)]


def hold(rule: Rule) -> None:
    """Fail with one sentence per place that breaks a rule and is no exception."""
    sentences = [one.sentence for one in broken(rule) if (one.place, rule.__name__) not in EXCEPTIONS]
    if sentences:
        pytest.fail(f"{rule.__doc__}\n" + "\n".join(sentences), pytrace=False)


def forgotten_exceptions(rules: tuple[Rule, ...]) -> list[tuple[str, str]]:
    """The exceptions to these rules that nothing needs any more, or that give no reason."""
    names = {rule.__name__ for rule in rules}
    used = {(one.place, rule.__name__) for rule in rules for one in broken(rule)}
    return [key for key, reason in EXCEPTIONS.items() if key[1] in names and not (key in used and reason)]
