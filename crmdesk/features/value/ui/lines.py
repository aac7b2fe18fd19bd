"""The rows of a value sheet: each line with its sum in pieces, the running sum, subtotal and total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from types import MappingProxyType

from crmdesk.core import money
from crmdesk.core.i18n import N_, Region, _, ngettext
from crmdesk.features.value.explain import Words
from crmdesk.features.value.ui.latest import Run
from crmdesk.features.value.ui.making import Making, making_of
from crmdesk.features.value.worth import Line, Part, Worth

COLORS: Mapping[Part, str] = MappingProxyType(
    {Part.CLV: "accent_fill", Part.GROWTH: "develop", Part.WORD: "develop"}
)
SAID = {
    "lost": N_("silent for so long that nothing more is expected"),
    "closed": N_("you marked this customer as former"),
    "word": N_("no referral and no rating is known"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure inside a sum; where it opens something it names what, such as orders or rate:discount."""

    text: str
    opens: str = ""


Piece = str | Figure


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet: sign, name, the sum in pieces, amount, and the bar from the running sum."""

    key: str
    kind: str
    sign: str
    label: str
    formula: tuple[Piece, ...]
    amount: int
    start: int
    end: int
    color: str
    line: Line | None = None

    @property
    def said(self) -> str:
        """The sum as plain text."""
        return "".join(one if isinstance(one, str) else one.text for one in self.formula)


def pieces(template: str, **figures: Figure | str) -> tuple[Piece, ...]:
    """A translated sentence with its figures in place."""
    found: list[Piece] = []
    for text, name, _spec, _conversion in Formatter().parse(template):
        if text:
            found.append(text)
        if name:
            found.append(figures[name])
    return tuple(found)


class Teller:
    """Says each line of one customer's worth as a sum whose inputs open."""

    def __init__(self, run: Run, one: Worth, region: Region) -> None:
        self.run, self.one = run, one
        self.words = Words(run.valuation, region)
        self.known = run.known(one.id)
        self.making: Making | None = making_of(run.valuation, one, self.known)
        self.rates = run.valuation.judgement

    def formula(self, line: Line) -> tuple[Piece, ...]:
        """The sum behind a line."""
        told = getattr(self, f"_{line.key}", None)
        if told is not None and self.making is not None:
            found: tuple[Piece, ...] = told(line, self.making)
            return found
        if line.key == "word" and line.amount:
            return (_("newcomers through this customer, with the sign of the last rating"),)
        return (_(SAID[line.key]),) if line.key in SAID else ()

    def _margin(self, line: Line, made: Making) -> tuple[Piece, ...]:
        words, years = self.words, self.rates.years
        rate = Figure(self.share(made.margin, 2), "rate:margin" if self._owner_margin() else "orders")
        if made.by_orders:
            told = ngettext(
                "{orders} orders in {years} year × {order} each × margin {rate}",
                "{orders} orders in {years} years × {order} each × margin {rate}",
                years,
            )
            order = Figure(words.units(made.unit), "orders")
            span = Figure(str(years), "rate:horizon")
            return pieces(told, orders=words.number(made.units, 2), years=span, order=order, rate=rate)
        told = _("{amount} a year × {years} years × margin {rate}")
        amount = Figure(words.units(made.unit), "orders")
        return pieces(told, amount=amount, years=words.number(made.units, 3), rate=rate)

    def _owner_margin(self) -> bool:
        return self.one.inputs.margin_source == "owner"

    def _service(self, line: Line, made: Making) -> tuple[Piece, ...]:
        cost = Figure(self.words.units(made.service), "log")
        years = self.words.number(made.served_years, 3)
        counts = self.service_counts()
        if counts:
            told = _("{cost} a year × {years} years: {counts} in two years")
            return pieces(told, cost=cost, years=years, counts=counts)
        return pieces(_("{cost} a year × {years} years"), cost=cost, years=years)

    def service_counts(self) -> str:
        """The contacts, visits and returns of two years, in words."""
        seen = self.known.service
        told = [
            (seen.contacts, ngettext("{n} contact", "{n} contacts", seen.contacts)),
            (seen.visits, ngettext("{n} visit", "{n} visits", seen.visits)),
            (seen.returns, ngettext("{n} return", "{n} returns", seen.returns)),
        ]
        return ", ".join(text.format(n=count) for count, text in told if count)

    def _leaving(self, line: Line, made: Making) -> tuple[Piece, ...]:
        gone = Figure(self.share(1 - made.alive, 2), "orders")
        base = self.words.units(sum(made.gains()) - sum(made.costs()))
        return pieces(_("{gone} chance that they have left already × {base}"), gone=gone, base=base)

    def _waiting(self, line: Line, made: Making) -> tuple[Piece, ...]:
        rate = Figure(self.share(made.discount), "rate:discount")
        base = made.alive * (sum(made.gains()) - sum(made.costs()))
        share = self.share(-line.amount / self.minor(base), 2) if self.minor(base) else ""
        if not share:
            return pieces(_("{rate} a year"), rate=rate)
        told = (
            _("{rate} a year from the middle of each quarter, {share} in all")
            if made.per_year == 4
            else _("{rate} a year from the middle of each year, {share} in all")
        )
        return pieces(told, rate=rate, share=share)

    def minor(self, units: float) -> int:
        """An amount in the smallest coin."""
        whole: int = 10 ** money.places(self.words.valuation.currency)
        return round(units * whole)

    def share(self, part: float, places: int = 1) -> str:
        """A share as a percentage, without zeros at its end."""
        exact = round(100 * part, places)
        needed = next(n for n in range(places + 1) if n == places or round(exact, n) == exact)
        return money.show_percent(exact, self.words.region, needed)

    def whole(self, units: float) -> str:
        """An amount without cents."""
        return self.words.amount(self.minor(units), cents=False)

    def _growth(self, line: Line, made: Making) -> tuple[Piece, ...]:
        words = self.words
        told = _("gap {gap} a year × chance {chance} × margin {margin} × {years} years, less {cost} to try")
        return pieces(
            told,
            gap=Figure(words.units(line.gap), "orders" if self.known.budget is None else "details"),
            chance=self.share(line.chance, 2),
            margin=self.share(line.margin, 2),
            years=words.number(line.years, 3),
            cost=Figure(words.units(self.rates.trial_cost), "rate:trial_cost"),
        )

    def _rest(self, line: Line, made: Making) -> tuple[Piece, ...]:
        if self.known.budget is not None:
            return pieces(
                _("growth counts up to the budget of {budget}"),
                budget=Figure(self.words.units(self.known.budget), "details"),
            )
        times = Figure(self.words.number(self.rates.growth_cap), "rate:growth_cap")
        bought = sum(self.known.categories.values()) * self.one.inputs.margin_rate
        return pieces(
            _("growth counts up to {times} times the margin of a year, {margin}"),
            times=times,
            margin=self.words.units(bought),
        )


def rows_of(teller: Teller) -> list[Row]:
    """The rows of the sheet: lines of the current value, its subtotal, the options, the total."""
    one, found, running = teller.one, list[Row](), 0
    lines = list(one.lines)
    current = [line for line in lines if line.part is Part.CLV]
    for place, line in enumerate(lines):
        sign = "+" if line.amount > 0 else money.MINUS if line.amount else ""
        color = COLORS[line.part] if line.amount >= 0 else "late"
        end = running + line.amount
        key = f"{line.key}:{line.what}" if line.what else line.key
        formula = teller.formula(line)
        found.append(Row(key, "line", sign, line.label, formula, line.amount, running, end, color, line))
        running = end
        if current and place == len(current) - 1:
            told = (_("what they bring if they go on as they are"),)
            found.append(
                Row("clv", "subtotal", "=", _("Current value"), told, running, 0, running, "accent_fill")
            )
    total = _("Customer equity")
    found.append(Row("total", "total", "=", total, (), one.equity or 0, 0, one.equity or 0, "accent_fill"))
    return found


def adds_up(rows: list[Row]) -> bool:
    """Whether the lines add up to the total and each subtotal to what stands above it, to the cent."""
    running = 0
    for row in rows:
        if row.kind == "line":
            running += row.amount
        elif row.amount != running:
            return False
    return True
