"""How amounts are reckoned: lines to the cent, margins, periods, and sums that show what they add up from.

Turnover counts orders in the firm's own currency, returns as negative, from the first to the last day of the
period, both included. The last twelve months end today: they begin on the day after the same date a year ago,
so they hold 365 days, or 366 with a 29 February. A customer without any order stands on yearly turnover:
which share of a year fell into the period is not knowable, so whole years count, the latest complete ones, as
many as the period is long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from crmdesk.core import dates, money
from crmdesk.core.i18n import Region, _

QUARTERS = 8
_YEAR_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Entry:
    """An order as far as sums need it; the currency is None for the firm's own."""

    date: date
    amount: int
    number: str = ""
    cost: int | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line of an explained sum: what it is, the amount counted, and why where that is not plain."""

    label: str
    amount: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """A sum with the lines that add up to it, to the cent."""

    lines: tuple[SumLine, ...]
    total: int


def line_amount(quantity: float | None, unit_price: int | None, discount: float | None = None) -> int:
    """Quantity times unit price less discount, rounded half up to the cent; no quantity means one."""
    count = Decimal(1) if quantity is None else money.from_float(quantity)
    share = Decimal(1) - (money.from_float(discount) if discount else Decimal(0)) / 100
    return int((count * (unit_price or 0) * share).to_integral_value(ROUND_HALF_UP))


def line_cost(quantity: float | None, unit_cost: int | None) -> int | None:
    """What the goods of a line cost; unknown where the unit cost is."""
    return None if unit_cost is None else line_amount(quantity, unit_cost)


def margin(amount: int, cost: int | None) -> int | None:
    """What is left of an amount after its cost; unknown where the cost is."""
    return None if cost is None else amount - cost


def margin_percent(amount: int, cost: int | None) -> float | None:
    """The margin as a share of the amount, to a tenth of a percent; unknown without cost or amount."""
    left = margin(amount, cost)
    if left is None or amount <= 0:
        return None
    return float((Decimal(left) * 100 / amount).quantize(Decimal("0.1"), ROUND_HALF_UP))


def last_months(today: date, months: int) -> tuple[date, date]:
    """The first and last day of the months that end today, both included."""
    return dates.add_months(today, -months) + timedelta(1), today


def quarter_starts(today: date) -> tuple[date, ...]:
    """The first days of the eight quarters that end today, oldest first; the last four make the year."""
    return tuple(last_months(today, 3 * back)[0] for back in range(QUARTERS, 0, -1))


def whole_units(cents: int, currency: str) -> int:
    """An amount in whole units of its currency, halves away from zero."""
    unit: int = 10 ** money.places(currency)
    whole = (2 * abs(cents) + unit) // (2 * unit)
    return whole if cents >= 0 else -whole


def counted_years(start: date | None, end: date) -> tuple[int | None, int]:
    """The years that stand for a period: the latest complete ones, as many as it is long."""
    if start is None:
        return None, end.year
    last = end.year if (end.month, end.day) == (12, 31) else end.year - 1
    count = max(1, round(((end - start).days + 1) / _YEAR_DAYS))
    return last - count + 1, last


def period_sum(entries: Sequence[Entry], start: date | None, end: date, currency: str) -> int:
    """The turnover of a period out of orders in the firm's own currency."""
    return sum(one.amount for one in entries if _counts(one, start, end, currency))


def explain_turnover(
    entries: Sequence[Entry],
    years: Sequence[tuple[int, int]],
    period: tuple[date | None, date],
    currency: str,
    region: Region,
) -> Explained:
    """The lines of a customer's turnover: each order of the period, or whole years without orders."""
    start, end = period
    if not entries:
        first, last = counted_years(start, end)
        whole = [(year, amount) for year, amount in sorted(years) if (first or 0) <= year <= last]
        lines = [SumLine(_("Yearly turnover {year}").format(year=year), amount) for year, amount in whole]
        return Explained(tuple(lines), sum(amount for _year, amount in whole))
    lines = []
    for one in sorted(entries, key=lambda entry: (entry.date, entry.number)):
        inside = (start is None or one.date >= start) and one.date <= end
        if inside:
            counts = _counts(one, start, end, currency)
            note = "" if counts else _("in {currency}, not counted").format(currency=one.currency)
            lines.append(SumLine(_order_label(one, region), one.amount if counts else 0, note))
    return Explained(tuple(lines), sum(line.amount for line in lines))


def _counts(one: Entry, start: date | None, end: date, currency: str) -> bool:
    own = one.currency in (None, "", currency)
    return own and (start is None or one.date >= start) and one.date <= end


def _order_label(one: Entry, region: Region) -> str:
    day = dates.show_date_numeric(one.date, region)
    what = _("Return {number}") if one.amount < 0 else _("Order {number}")
    return f"{what.format(number=one.number or '').strip()}, {day}"
