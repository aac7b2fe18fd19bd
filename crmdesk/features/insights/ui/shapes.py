"""What a chart shows, as plain values: curves, a matrix of squares, or lying bars."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve: name, points from left to right, colour token, and a point with a drop line and words."""

    name: str
    points: tuple[Point, ...]
    color: str = "series_1"
    dashed: bool = False
    mark: Point | None = None
    mark_text: str = ""

    def at(self, x: float) -> float:
        """The height of the curve at a place."""
        before = (0.0, 0.0)
        for point in self.points:
            if point[0] >= x:
                width = point[0] - before[0]
                part = (x - before[0]) / width if width else 1.0
                return before[1] + (point[1] - before[1]) * part
            before = point
        return before[1]

    def reach(self, y: float) -> float:
        """Where the curve first comes to a height."""
        before = (0.0, 0.0)
        for point in self.points:
            if point[1] >= y:
                height = point[1] - before[1]
                part = (y - before[1]) / height if height else 1.0
                return before[0] + (point[0] - before[0]) * part
            before = point
        return 1.0


@dataclass(frozen=True, slots=True)
class Curves:
    """Curves over the share of customers; heights are shares too, `top` and `bottom` hold all of them."""

    name: str
    curves: tuple[Curve, ...]
    foot: str
    words: tuple[str, ...]
    top: float = 1.0
    bottom: float = 0.0


@dataclass(frozen=True, slots=True)
class Square:
    """One square of a matrix: place, text, quiet second text, strength from 0 to 1, words, what it opens."""

    row: int
    column: int
    text: str
    detail: str = ""
    strength: float = 0.0
    words: str = ""
    opens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Squares in rows and columns, with what stands at the edges."""

    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    squares: tuple[Square, ...]
    row_title: str = ""
    column_title: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The same in words, one line for each square."""
        return tuple(one.words for one in self.squares if one.words)


@dataclass(frozen=True, slots=True)
class Span:
    """A bar from one value to another, in a token's colour; hatched ones take something away."""

    start: float
    end: float
    text: str = ""
    color: str = "series_1"
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class BarRow:
    """One row: its label, one or two bars, a tick, a range, and the customers it opens."""

    label: str
    spans: tuple[Span, ...]
    tick: float | None = None
    reach: tuple[float, float] | None = None
    opens: tuple[str, ...] = ()
    strong: bool = False

    @property
    def words(self) -> str:
        """The row in words."""
        return f"{self.label}: {', '.join(span.text for span in self.spans if span.text)}"


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows of lying bars; a fall links each bar to the next by a dotted line."""

    name: str
    rows: tuple[BarRow, ...]
    fall: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The same in words, one line for each row."""
        return tuple(row.words for row in self.rows)


Shape = Curves | Matrix | Bars
