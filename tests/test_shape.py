"""The shape of the code: how big things may grow, and what every part must say of itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.reading_code import (
    EXCEPTIONS,
    FUNCTIONS,
    SLICES_AT,
    Complaint,
    Rule,
    Source,
    classes,
    forgotten_exceptions,
    functions,
    hold,
    length,
    methods,
    slices,
    sources,
    within,
)

MODULE_LINES, FUNCTION_LINES, CLASS_LINES, SLICE_LINES = 400, 50, 300, 1500
TEST_LINES, PUBLIC_METHODS, PARAMETERS = 40, 20, 6
VAGUE_NAMES = ("Manager", "Helper", "Helpers", "Utils", "Controller")
CHANGING = {"append", "add", "clear", "extend", "insert", "pop", "popitem", "remove", "setdefault", "update"}


def sizes(source: Source) -> Iterator[Complaint]:
    """Modules, classes and functions stay small enough to read."""
    if source.lines > MODULE_LINES:
        yield Complaint(
            source.name, f"{source.name} has {source.lines} lines, but {MODULE_LINES} is the limit"
        )
    for kind in classes(source.tree):
        place = f"{source.name}.{kind.name}"
        if length(kind) > CLASS_LINES:
            yield Complaint(
                place, f"{place} has {length(kind)} lines, but {CLASS_LINES} is the limit of a class"
            )
        public = [node.name for node in kind.body if isinstance(node, FUNCTIONS) and is_public(node)]
        if len(set(public)) > PUBLIC_METHODS:
            limit = f"{PUBLIC_METHODS} is the limit of a class"
            yield Complaint(place, f"{place} has {len(set(public))} public methods, but {limit}")
    for function in functions(source.tree):
        place = f"{source.name}.{function.name}"
        if length(function) > FUNCTION_LINES:
            limit = f"{FUNCTION_LINES} is the limit of a function"
            yield Complaint(place, f"{place} has {length(function)} lines, but {limit}")
        if parameters(function) > PARAMETERS:
            limit = f"{PARAMETERS} is the limit"
            yield Complaint(place, f"{place} takes {parameters(function)} parameters, but {limit}")


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The number of parameters, without self, cls and the starred ones."""
    given = function.args
    names = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def is_public(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether others call it; what Qt calls is written in camel case and is not ours to name."""
    return not function.name.startswith("_") and function.name == function.name.lower()


def docstrings(source: Source) -> Iterator[Complaint]:
    """Every module, class and public function says what it is in a full sentence."""
    yield from say_themselves(source, source.name, source.tree)
    for node in source.tree.body:
        if isinstance(node, FUNCTIONS) and is_public(node):
            yield from say_themselves(source, f"{source.name}.{node.name}", node)
    for kind in classes(source.tree):
        place = f"{source.name}.{kind.name}"
        yield from say_themselves(source, place, kind)
        for node in kind.body:
            if isinstance(node, FUNCTIONS) and is_public(node) and not said_elsewhere(kind, node):
                yield from say_themselves(source, f"{place}.{node.name}", node)


def said_elsewhere(kind: ast.ClassDef, method: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether the class is private, a parent says it already, or it is the second half of a property."""
    known = method.name in {name for base in kind.bases for name in methods(ast.unparse(base).split(".")[-1])}
    second = any(ast.unparse(one).endswith(("setter", "overload")) for one in method.decorator_list)
    return known or second or kind.name.startswith("_")


def say_themselves(source: Source, place: str, node: ast.AST) -> Iterator[Complaint]:
    """Complain of a missing docstring, or of one whose first line is no sentence."""
    assert isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    first = (ast.get_docstring(node) or "").split("\n")[0]
    line = getattr(node, "lineno", 1)
    if not first:
        yield Complaint(
            place, f"{place} (line {line}) has no docstring, but every public part says what it is"
        )
    elif " " not in first or not first.endswith((".", ":", "?")) or first[0].islower():
        yield Complaint(place, f"{place} (line {line}) begins with {first!r}, but that is no full sentence")


def empty_packages(source: Source) -> Iterator[Complaint]:
    """A package file holds a docstring and nothing else, but for the version and the list of slices."""
    if source.path.name != "__init__.py" or source.name in ("crmdesk", SLICES_AT):
        return
    if len(source.tree.body) > 1:
        yield Complaint(
            source.name, f"{source.name}/__init__.py has code, but a package holds a docstring only"
        )


def state(source: Source) -> Iterator[Complaint]:
    """No module keeps state that changes; what is shared is given from hand to hand."""
    tables = {}
    for node in source.tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and isinstance(
            getattr(node, "value", None),
            ast.Dict | ast.List | ast.Set | ast.DictComp | ast.ListComp | ast.SetComp,
        ):
            tables[target.id] = node.lineno
            if target.id != target.id.upper() and not target.id.startswith("__"):
                sentence = f"{source.name}:{node.lineno} keeps {target.id}, but a module keeps constants only"
                yield Complaint(source.name, sentence)
    for node in ast.walk(source.tree):
        changed = ""
        if isinstance(node, ast.Global):
            changed = node.names[0]
        elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            changed = ast.unparse(node.value)
        elif (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING
        ):
            changed = ast.unparse(node.func.value)
        if changed in tables or isinstance(node, ast.Global):
            sentence = (
                f"{source.name}:{node.lineno} changes {changed}, but a module keeps no state that changes"
            )
            yield Complaint(source.name, sentence)


def manners(source: Source) -> Iterator[Complaint]:
    """No vague names, no prints from a library, no swallowed errors."""
    here = source.name
    if here.split(".")[-1] in ("utils", "util", "helpers", "helper", "common", "misc"):
        yield Complaint(here, f"{here} has a vague name, but a module is named for what it does")
    for kind in classes(source.tree):
        if kind.name.endswith(VAGUE_NAMES):
            yield Complaint(here, f"{here}.{kind.name} has a vague name, but a class is named for what it is")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print" and not node.keywords:
            if within(here, "crmdesk.core", "crmdesk.qt", SLICES_AT):
                yield Complaint(
                    here, f"{here}:{node.lineno} prints, but only the command line speaks to a terminal"
                )
        elif isinstance(node, ast.ExceptHandler):
            broad = node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
            if broad and all(isinstance(one, ast.Pass) for one in node.body):
                yield Complaint(
                    here, f"{here}:{node.lineno} swallows every error, but an error is shown or told"
                )


RULES: tuple[Rule, ...] = (sizes, docstrings, empty_packages, state, manners)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_code_keeps_the_rule(rule: Rule) -> None:
    hold(rule)


def test_every_exception_is_still_needed_and_has_a_reason() -> None:
    assert not forgotten_exceptions(RULES)


def test_no_slice_grows_beyond_its_noun() -> None:
    lines = {name: sum(one.lines for one in sources() if one.slice == name) for name in slices()}
    big = {name for name, count in lines.items() if count > SLICE_LINES}
    allowed = {place for place, rule in EXCEPTIONS if rule == "slice_size"}
    assert not big - allowed, f"over {SLICE_LINES} lines, so the noun wants splitting: {lines}"
    assert not allowed - big, "an exception that nothing needs any more"


def test_test_functions_stay_short() -> None:
    tests = [(one.name, node) for one in sources("tests") for node in functions(one.tree)]
    long = [f"{name}.{node.name}" for name, node in tests if length(node) > TEST_LINES]
    assert not long, f"these have more than {TEST_LINES} lines: {', '.join(long)}"
