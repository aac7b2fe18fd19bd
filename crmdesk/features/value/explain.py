"""Tells in words how a value was made: each line with its sum, the inputs, the evidence."""

from __future__ import annotations

from crmdesk.core import dates, kinds, money
from crmdesk.core.i18n import N_, Region, _, ngettext
from crmdesk.core.kinds import Kind
from crmdesk.features.knowledge.evidence import Method
from crmdesk.features.models.activity import DAYS_PER_WEEK
from crmdesk.features.value.worth import Line, Valuation, Worth

_SOURCES = {
    "own": N_("own orders, drawn to the firm's margin"),
    "firm": N_("the firm's margin"),
    "owner": N_("your assumption"),
}


class Words:
    """Says the figures of one run in the language and the habits of a place."""

    def __init__(self, valuation: Valuation, region: Region) -> None:
        self.valuation = valuation
        self.region = region

    def amount(self, minor: int, cents: bool = True) -> str:
        """An amount of money."""
        return kinds.show(Kind.MONEY, minor, self.region, self.valuation.currency, cents=cents)

    def units(self, amount: float) -> str:
        """An amount in whole units as money with cents."""
        return self.amount(round(amount * 10 ** money.places(self.valuation.currency)))

    def share(self, part: float) -> str:
        """A share as a percentage."""
        return money.show_percent(100 * part, self.region, 1)

    def number(self, value: float, places: int = 1) -> str:
        """A plain number."""
        return money.show_number(value, self.region, places)

    def rhythm(self, one: Worth) -> str:
        """How often a customer buys and how long it has been silent."""
        if one.inputs.usual_gap is None or one.inputs.last is None:
            return ""
        every = round(one.inputs.usual_gap * DAYS_PER_WEEK)
        silent = (self.valuation.as_of - one.inputs.last).days
        told = _("usually every {every} days, silent for {silent}").format(every=every, silent=silent)
        if one.inputs.long_gap is None:
            return told
        return _("{rhythm}; nine of ten gaps were {days} days or less").format(
            rhythm=told, days=one.inputs.long_gap
        )

    def detail(self, one: Worth, line: Line) -> str:
        """The sum behind a line."""
        told = getattr(self, f"_{line.key}", None)
        return str(told(one, line)) if told else ""

    def _margin(self, one: Worth, line: Line) -> str:
        known, years = one.inputs, self.valuation.judgement.years
        if one.evidence.method is not Method.MODEL:
            return ngettext(
                "{amount} a year × margin {rate} ({source}), {n} year",
                "{amount} a year × margin {rate} ({source}), {n} years",
                years,
            ).format(
                amount=self.units(known.expected_year),
                rate=self.share(known.margin_rate),
                source=_(_SOURCES[known.margin_source]),
                n=years,
            )
        alive = one.p_alive or 0.0
        orders = (one.expected_orders or 0.0) / alive if alive else 0.0
        told = ngettext(
            "{orders} orders in {n} year × {order} × margin {rate} ({source})",
            "{orders} orders in {n} years × {order} × margin {rate} ({source})",
            years,
        )
        return told.format(
            orders=self.number(orders, 2),
            n=years,
            order=self.units(known.order),
            rate=self.share(known.margin_rate),
            source=_(_SOURCES[known.margin_source]),
        )

    def _service(self, one: Worth, line: Line) -> str:
        return _("{cost} a year").format(cost=self.units(one.inputs.service))

    def _leaving(self, one: Worth, line: Line) -> str:
        return _("{share} that the customer is still there").format(share=self.share(one.p_alive or 0.0))

    def _waiting(self, one: Worth, line: Line) -> str:
        return _("{rate} a year").format(rate=self.share(self.valuation.judgement.yearly))

    def _growth(self, one: Worth, line: Line) -> str:
        told = _("gap {gap} a year × chance {chance} × margin {margin} × {years} years, less {cost}")
        return told.format(
            gap=self.units(line.gap),
            chance=self.share(line.chance),
            margin=self.share(line.margin),
            years=self.number(line.years, 2),
            cost=self.units(self.valuation.judgement.trial_cost),
        )

    def _rest(self, one: Worth, line: Line) -> str:
        return _("growth counts up to {n} yearly margins, or the budget").format(
            n=self.number(self.valuation.judgement.growth_cap)
        )

    def _word(self, one: Worth, line: Line) -> str:
        return _("no referral and no rating is known") if line.amount == 0 else ""

    def sheet(self, one: Worth) -> list[tuple[str, str, str]]:
        """All lines of a customer's equity as label, amount and sum in words; the totals among them."""
        rows = [(line.label, self.amount(line.amount), self.detail(one, line)) for line in one.lines]
        if one.equity is None:
            return [(_("Equity"), _("unknown"), one.evidence.reason)]
        return [*rows, (_("Equity"), self.amount(one.equity), one.evidence.reason)]

    def facts(self, one: Worth) -> list[tuple[str, str]]:
        """The inputs of a value as label and value."""
        known = one.inputs
        rows = [(_("Purchases"), str(known.purchases))]
        if known.first and known.last:
            rows.append((_("First purchase"), dates.show_date_numeric(known.first, self.region)))
            rows.append((_("Last purchase"), dates.show_date_numeric(known.last, self.region)))
            rows.append((_("Rhythm"), self.rhythm(one)))
            rows.append((_("Usual order"), self.units(known.order)))
            rows.append((_("Of it the customer's own"), self.share(known.own_share)))
        rows.append((_("Margin rate"), self.share(known.margin_rate)))
        rows.append((_("Turnover so far"), self.units(known.turnover)))
        if known.past_margin is not None:
            rows.append((_("Margin so far"), self.units(known.past_margin)))
        return rows
