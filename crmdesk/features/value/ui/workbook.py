"""The value sheet as cells with live formulas, so that anybody can change an input and see the total move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crmdesk.core import money
from crmdesk.core.i18n import _
from crmdesk.features.value.ui.lines import Teller
from crmdesk.features.value.ui.making import Making
from crmdesk.features.value.worth import Line, Part


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a value or a formula, and how it is written: text, strong, money, number, share, date."""

    value: object
    sort: str = "text"
    formula: bool = False


@dataclass(frozen=True, slots=True)
class FormulaSheet:
    """One sheet of cells with the widths of its columns."""

    title: str
    widths: tuple[int, ...]
    rows: Sequence[Sequence[Cell | None]]


class _Names:
    """Puts the inputs on a sheet, and knows where each one lies."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.rows: list[list[Cell | None]] = [
            [Cell(_("Input"), "strong"), Cell(_("Value"), "strong"), Cell(_("From"), "strong")]
        ]

    def add(self, label: str, value: object, sort: str, source: str = "", formula: bool = False) -> str:
        """Add an input; returns how a formula names it."""
        self.rows.append([Cell(label), Cell(value, sort, formula), Cell(source)])
        return f"'{self.title}'!$B${len(self.rows)}"


def workbook(teller: Teller, name: str) -> list[FormulaSheet]:
    """The sheets of a value: the lines with their sums, the inputs, the periods."""
    inputs = _Names(_("Inputs"))
    places = money.places(teller.words.valuation.currency)
    made = teller.making
    periods = _periods(teller, made, inputs) if made is not None else None
    top: list[list[Cell | None]] = [
        [Cell(name, "strong")],
        [Cell(_("Value on")), Cell(teller.words.valuation.as_of, "date")],
        [Cell(_("How sure")), Cell(teller.one.evidence.reason)],
        [],
        [Cell(head, "strong") for head in (_("Line"), _("Exact"), _("Amount"), _("Sum"))],
    ]
    first = len(top) + 1
    terms = _Terms(teller, made, inputs, periods.title if periods else "", first)
    for line in teller.one.lines:
        at = len(top) + 1
        before = f"-SUM(C${first}:C{at - 1})" if at > first else ""
        amount = f"=ROUND(SUM(B${first}:B{at}),{places}){before}"
        exact = terms.exact(line, at)
        top.append([Cell(line.label), exact, Cell(amount, "money", True), Cell(_said(teller, line))])
    last = len(top)
    total = f"=SUM(C{first}:C{last})" if last >= first else "=0"
    top.append([Cell(_("Customer equity"), "strong"), None, Cell(total, "money_strong", True)])
    sheets = [FormulaSheet(_("Value"), (34, 16, 16, 90), top)]
    sheets.append(FormulaSheet(inputs.title, (38, 18, 34), inputs.rows))
    return [*sheets, periods] if periods else sheets


def _said(teller: Teller, line: Line) -> str:
    return "".join(one if isinstance(one, str) else one.text for one in teller.formula(line))


def _periods(teller: Teller, made: Making, inputs: _Names) -> FormulaSheet:
    """A row per quarter or year: units, who stays, money, cost, what it is worth today."""
    unit = inputs.add(_("Usual order") if made.by_orders else _("Turnover a year"), made.unit, "money")
    margin = inputs.add(_("Margin rate"), made.margin, "share")
    service = inputs.add(_("Cost to serve a year"), made.service, "money")
    alive = inputs.add(_("Still there"), made.alive, "share")
    discount = inputs.add(_("Discount rate"), made.discount, "share", _("assumption"))
    heads = (
        _("Quarter") if made.per_year == 4 else _("Year"),
        _("Orders if they stay") if made.by_orders else _("Turnover that stays"),
        _("Share that stays"),
        _("Margin"),
        _("Cost"),
        _("Factor of today"),
        _("Worth today"),
    )
    rows: list[list[Cell | None]] = [[Cell(head, "strong") for head in heads]]
    for place, (part, stay) in enumerate(zip(made.parts, made.stays, strict=True)):
        at = place + 2
        rows.append(
            [
                Cell(place + 1, "count"),
                Cell(part, "number"),
                Cell(stay, "share"),
                Cell(f"=B{at}*{unit}*{margin}", "money", True),
                Cell(f"=C{at}*{service}/{made.per_year}", "money", True),
                Cell(f"=(1+{discount})^-((A{at}-0.5)/{made.per_year})", "number", True),
                Cell(f"=(D{at}-E{at})*F{at}", "money", True),
            ]
        )
    at = len(rows)
    sums = [Cell(f"=SUM({letter}2:{letter}{at})", "money_strong", True) for letter in "DE"]
    worth = Cell(f"=SUM(G2:G{at})", "money_strong", True)
    rows.append([Cell(_("Sum"), "strong"), None, None, *sums, None, worth])
    title = _("Periods")
    inputs.add(_("Current value before cents"), f"='{title}'!G{at + 1}*{alive}", "money", _("sum"), True)
    return FormulaSheet(title, (12, 18, 16, 16, 16, 16, 16), rows)


class _Terms:
    """Says the exact amount of each line as a formula over the inputs and the periods."""

    def __init__(self, teller: Teller, made: Making | None, inputs: _Names, periods: str, first: int) -> None:
        self.teller, self.made, self.inputs, self.periods, self.first = teller, made, inputs, periods, first
        self._lasting = ""

    def exact(self, line: Line, at: int) -> Cell:
        """The exact amount of a line."""
        made = self.made
        if made is None:
            return Cell(float(money.from_minor(line.amount, self.teller.words.valuation.currency)), "exact")
        bottom, alive = len(made.parts) + 2, f"'{self.inputs.title}'!$B$5"
        sums = f"('{self.periods}'!D{bottom}-'{self.periods}'!E{bottom})"
        told = {
            "margin": f"='{self.periods}'!D{bottom}",
            "service": f"=-'{self.periods}'!E{bottom}",
            "leaving": f"=-(1-{alive})*{sums}",
            "waiting": f"={alive}*('{self.periods}'!G{bottom}-{sums})",
            "lost": f"=-SUM(B{self.first}:B{at - 1})",
            "closed": f"=-SUM(B{self.first}:B{at - 1})",
        }
        if line.key in told:
            return Cell(told[line.key], "exact", True)
        if line.key == "growth":
            return Cell(self._growth(line, made), "exact", True)
        if line.key == "rest":
            return Cell(self._rest(at), "exact", True)
        amount = float(money.from_minor(line.amount, self.teller.words.valuation.currency))
        source = _("rating and referrals")
        return Cell(f"={self.inputs.add(line.label, amount, 'money', source)}", "exact", True)

    def _growth(self, line: Line, made: Making) -> str:
        what, add = line.what, self.inputs.add
        if not self._lasting:
            self._lasting = add(_("Years that count for growth"), self._years(made), "number", _("sum"), True)
            self._trial = add(_("Cost of an offer"), self.teller.rates.trial_cost, "money", _("assumption"))
        gap = add(_("Gap in {what}").format(what=what), line.gap, "money", _("orders"))
        chance = add(_("Chance in {what}").format(what=what), line.chance, "share", _("customers like them"))
        margin = add(_("Margin of {what}").format(what=what), line.margin, "share", _("orders"))
        return f"={chance}*{gap}*{margin}*{self._lasting}-{self._trial}"

    def _years(self, made: Making) -> str:
        """The years that count: who is still there at the end of each, discounted to today."""
        title = self.inputs.title
        alive, discount = f"'{title}'!$B$5", f"'{title}'!$B$6"
        ends = range(made.per_year, len(made.stays) + 1, made.per_year)
        terms = [f"'{self.periods}'!C{at + 1}/(1+{discount})^{at // made.per_year}" for at in ends]
        return f"={alive}*({'+'.join(terms)})"

    def _rest(self, at: int) -> str:
        teller, add = self.teller, self.inputs.add
        first = at - sum(line.key == "growth" for line in teller.one.part(Part.GROWTH))
        if teller.known.budget is not None:
            limit = add(_("Budget"), teller.known.budget, "money", _("details"))
        else:
            times = add(_("Limit of growth"), teller.rates.growth_cap, "number", _("assumption"))
            bought = sum(teller.known.categories.values())
            year = add(_("Turnover of a year by category"), bought, "money", _("orders"))
            rate = f"'{self.inputs.title}'!$B$3"
            limit = f"{times}*{year}*{rate}"
        return f"=MIN(0,MAX({limit},0)-SUM(B{first}:B{at - 1}))"
