"""The words and amounts of the quadrant: axis marks, tool tips, and the same figures as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from crmdesk.core import kinds
from crmdesk.core.i18n import N_, Region, _
from crmdesk.core.kinds import Kind
from crmdesk.core.money import places, show_number
from crmdesk.qt.glyphs import cluster_label
from crmdesk.qt.quadrant.axes import short_amount, ticks
from crmdesk.qt.quadrant.points import CLUSTERS, Points

TITLES = (N_("Turnover of the last 12 months"), N_("Potential a year"))


@dataclass(frozen=True, slots=True)
class Wording:
    """How amounts and axes are called in one region and currency."""

    region: Region
    currency: str
    titles: tuple[str, str] = field(default_factory=lambda: (_(TITLES[0]), _(TITLES[1])))

    def money(self, amount: int) -> str:
        """An amount with its currency."""
        return kinds.show(Kind.MONEY, amount, self.region, self.currency)

    def number(self, count: int) -> str:
        """A number of customers."""
        return show_number(count, self.region, 0)

    def marks(self, span: tuple[float, float]) -> list[tuple[int, str]]:
        """The amounts to write on an axis, each with its text."""
        found = ticks(span, places(self.currency))
        return [(amount, short_amount(amount, self.currency, self.region)) for amount in found]

    def axis_titles(self) -> tuple[str, str]:
        """The titles of both axes, with unit and scale."""
        unit = self.money(0).replace("0", "").strip() or self.currency
        pattern = _("{title}, {unit} (log scale)")
        across, up = (pattern.format(title=title, unit=unit) for title in self.titles)
        return across, up

    def tip(self, points: Points, n: int) -> Sequence[str]:
        """The lines under a customer's name: those given, else both amounts."""
        pairs = zip(self.titles, (points.x[n], points.y[n]), strict=True)
        own = [f"{title}: {self.money(amount)}" for title, amount in pairs]
        return points.tips.get(points.ids[n]) or own

    def table(self, points: Points) -> list[tuple[str, ...]]:
        """All figures as rows of text: a heading, then the customers by cluster and turnover."""
        names = {cluster: cluster_label(cluster) for cluster in CLUSTERS}
        order = list(names)
        ranked = sorted(range(len(points)), key=lambda n: (order.index(points.clusters[n]), -points.x[n]))
        rows: list[tuple[str, ...]] = [(_("Customer"), _("Cluster"), *self.titles)]
        for n in ranked:
            amounts = (self.money(points.x[n]), self.money(points.y[n]))
            rows.append((points.names[n], names[points.clusters[n]], *amounts))
        return rows
