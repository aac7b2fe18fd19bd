"""What may come: white space by customer and category, the next product, and demand with its range."""

from __future__ import annotations

from dataclasses import replace
from math import fsum

from crmdesk.core.i18n import N_, _, ngettext
from crmdesk.core.kinds import Kind
from crmdesk.features.insights import reports
from crmdesk.features.insights.ui.few_and_many import NAME
from crmdesk.features.insights.ui.finding import Asking, Entry, Finding, Part, Sheet
from crmdesk.features.insights.ui.shapes import BarRow, Bars, Matrix, Span, Square
from crmdesk.features.patterns.baskets import Next
from crmdesk.features.patterns.demand import Asked, Outlook
from crmdesk.features.patterns.gaps import Gap
from crmdesk.qt.rows import Column

FEWEST, ROWS, BARS, FEWEST_MONTHS = 5, 8, 10, 4
GAP_COLUMNS = (
    NAME,
    Column("category", N_("Category"), width=130),
    Column("gap", N_("Gap a year"), Kind.MONEY, width=92, right=True),
    Column("chance", N_("Chance"), Kind.PERCENT, width=118, right=True),
    Column("bought", N_("Buys now"), Kind.MONEY, width=92, right=True),
    Column("reason", N_("Reason"), width=330),
)
NEXT_COLUMNS = (
    NAME,
    Column("product", N_("Product"), width=190),
    Column("chance", N_("Chance"), Kind.PERCENT, width=118, right=True),
    Column("reason", N_("Reason"), width=480),
)
DEMAND_COLUMNS = (
    Column("name", N_("Product"), width=190, stretch=True),
    Column("category", N_("Category"), width=130),
    Column("month", N_("Next month"), Kind.NUMBER, width=96, right=True),
    Column("low", N_("From"), Kind.NUMBER, width=76, right=True),
    Column("high", N_("To"), Kind.NUMBER, width=76, right=True),
    Column("quarter", N_("Three months"), Kind.NUMBER, width=110, right=True),
    Column("error", N_("Past error"), Kind.PERCENT, width=96, right=True),
    Column("method", N_("Reckoned as"), width=170),
)
PRICE_COLUMNS = (replace(DEMAND_COLUMNS[0], label=N_("Category and price")), *DEMAND_COLUMNS[1:])
METHODS = {
    "naive": N_("as last month"),
    "mean12": N_("mean of twelve months"),
    "ses": N_("slow average"),
    "ses2": N_("average"),
    "ses3": N_("quick average"),
    "seasonal": N_("as a year ago"),
    "tsb": N_("rare demand"),
}
THIRDS = (N_("low price"), N_("middle price"), N_("high price"))


def white_space(asking: Asking) -> Finding:
    """What customers could buy and do not, with the chance of each gap and its reason."""
    found = reports.white_space(asking.session, asking.today)
    gaps = [(ident, gap) for ident, own in found.gaps.items() for gap in own if ident in asking.people]
    if len(found.categories) < 2 or len(found.gaps) < FEWEST or not gaps:
        return Finding("", empty=_("Not enough orders to say. Orders need products with categories."))
    gaps.sort(key=lambda pair: (-pair[1].gap * pair[1].chance, pair[0], pair[1].category))
    sums = {name: fsum(g.gap for _i, g in gaps if g.category == name) for name in found.categories}
    largest = max(sums, key=lambda name: sums[name])
    told = _("Your customers could buy {amount} more a year, {part} of it in {category}")
    heading = told.format(
        amount=asking.money(fsum(gap.gap for _i, gap in gaps)),
        category=largest,
        part=asking.money(sums[largest]),
    )
    likely = asking.money(fsum(gap.gap * gap.chance for _i, gap in gaps))
    notes = (
        _(
            "Weighed by its chance {amount} of it is likely. In a gap no chance above half is believed."
        ).format(amount=likely),
        _("A gap is measured by similar customers. A tick: buys as much as they do."),
    )
    entries = tuple(_gap_entry(asking, ident, gap) for ident, gap in gaps)
    drops = ("bought", "reason", "chance")
    sheet = Sheet("white_space", GAP_COLUMNS, entries, {"chance": "series_1"}, drops=drops)
    parts = [Part(_("Gaps"), _gap_matrix(asking, found, gaps), sheet)]
    offers = [(i, one) for i, own in found.offers.items() if i in asking.people for one in own[:1]]
    if offers:
        parts.append(Part(_("Next product"), None, _next_sheet(asking, offers)))
    return Finding(heading, notes, tuple(parts))


def _gap_entry(asking: Asking, ident: str, gap: Gap) -> Entry:
    one = asking.entry(
        ident,
        gap.category,
        asking.minor(gap.gap),
        100 * gap.chance,
        asking.minor(gap.bought),
        _gap_reason(asking, gap),
    )
    return Entry(f"{ident}|{gap.category}", one.values, ident, one.cluster)


def _gap_reason(asking: Asking, gap: Gap) -> str:
    if not gap.alike:
        return _("nobody else buys the same")
    told = _("{joint} of {alike} with the same purchases buy it")
    return told.format(joint=asking.number(gap.joint), alike=asking.number(gap.alike))


def _gap_matrix(asking: Asking, found: reports.WhiteSpace, gaps: list[tuple[str, Gap]]) -> Matrix:
    sums: dict[str, float] = {}
    for ident, gap in gaps:
        sums[ident] = sums.get(ident, 0.0) + gap.gap * gap.chance
    top = sorted(sums, key=lambda ident: (-sums[ident], ident))[:ROWS]
    squares = []
    for row, ident in enumerate(top):
        own = {gap.category: gap for gap in found.gaps[ident]}
        for column, category in enumerate(found.categories):
            squares.append(_gap_square(asking, (row, column), ident, category, own.get(category)))
    names = tuple(asking.name(ident) for ident in top)
    return Matrix(_("Gaps by customer and category"), names, found.categories, tuple(squares))


def _gap_square(asking: Asking, place: tuple[int, int], ident: str, category: str, gap: Gap | None) -> Square:
    name = asking.name(ident)
    if gap is None:
        told = _("{name}, {category}: buys as much as others do").format(name=name, category=category)
        return Square(*place, "✓", "", 0.0, told, (ident,))
    amount, chance = asking.money(gap.gap), asking.share(gap.chance)
    told = _("{name}, {category}: gap {amount} a year, chance {chance}")
    words = told.format(name=name, category=category, amount=amount, chance=chance)
    return Square(*place, amount, chance, gap.chance, words, (ident,))


def _next_sheet(asking: Asking, offers: list[tuple[str, Next]]) -> Sheet:
    offers.sort(key=lambda pair: (pair[1].popular, -pair[1].score, pair[0]))
    entries = tuple(
        asking.entry(ident, one.item, 100 * one.score, offer_reason(asking, one)) for ident, one in offers
    )
    return Sheet("next_product", NEXT_COLUMNS, entries, {"chance": "series_1"}, drops=("chance",))


def offer_reason(asking: Asking, one: Next) -> str:
    """Why this product comes next, with its numbers."""
    if one.popular:
        told = ngettext("popular: {n} customer buys it", "popular: {n} customers buy it", one.buyers)
        return told.format(n=asking.number(one.buyers))
    told = _("{joint} of {alike} who buy {because} buy it too")
    because = _(" and ").join(one.because)
    return told.format(joint=asking.number(one.joint), alike=asking.number(one.alike), because=because)


def demand(asking: Asking) -> Finding:
    """How many units to expect next month, between which bounds, and how wrong that was before."""
    found = reports.demand_ahead(asking.session, asking.today)
    if len(found.months) < FEWEST_MONTHS or not found.products:
        return Finding("", empty=_("Not enough orders to say. Four whole months with products are needed."))
    lead, told = max(found.products, key=lambda pair: pair[1].months[0])
    sentence = _("{name} leads next month with about {n} pieces, between {low} and {high}")
    heading = sentence.format(
        name=lead.name,
        n=asking.number(told.months[0]),
        low=asking.number(told.low),
        high=asking.number(told.high),
    )
    notes = (
        _("Eight of ten past months fell into the range. Past error: 100 % is as wrong as last month."),
        _("From {n} whole months of orders.").format(n=asking.number(len(found.months))),
    )
    by_product = _most_first([(one.name, one, outlook) for one, outlook in found.products])
    by_price = _most_first([(_price_name(one), one, outlook) for one, outlook in found.segments])
    parts = (
        Part(_("By product"), _ranges(asking, by_product), _demand_sheet("demand", by_product)),
        Part(_("By price"), _ranges(asking, by_price), _demand_sheet("demand_price", by_price)),
    )
    return Finding(heading, (" ".join(notes),), parts)


def _most_first(found: list[tuple[str, Asked, Outlook]]) -> list[tuple[str, Asked, Outlook]]:
    return sorted(found, key=lambda row: -row[2].months[0])


def _price_name(one: Asked) -> str:
    name = one.name or _("No category")
    return f"{name}, {_(THIRDS[one.segment or 0])}"


def _demand_sheet(name: str, found: list[tuple[str, Asked, Outlook]]) -> Sheet:
    entries = tuple(
        Entry(
            str(place),
            (
                label,
                one.category,
                told.months[0],
                told.low,
                told.high,
                fsum(told.months),
                None if told.error is None else 100 * told.error,
                _(METHODS[told.method]),
            ),
        )
        for place, (label, one, told) in enumerate(found)
    )
    columns = PRICE_COLUMNS if name == "demand_price" else DEMAND_COLUMNS
    return Sheet(name, columns, entries, drops=("category", "method", "quarter"))


def _ranges(asking: Asking, found: list[tuple[str, Asked, Outlook]]) -> Bars:
    told = _("{n}, from {low} to {high}")
    rows = []
    for label, _one, outlook in found[:BARS]:
        text = told.format(
            n=asking.number(outlook.months[0]),
            low=asking.number(outlook.low),
            high=asking.number(outlook.high),
        )
        span = Span(0, outlook.months[0], text)
        rows.append(BarRow(label, (span,), reach=(outlook.low, outlook.high)))
    return Bars(_("Pieces expected next month"), tuple(rows))
