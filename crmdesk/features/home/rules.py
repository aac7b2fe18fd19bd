"""How what is planned is parted into late, today and the days after."""

from __future__ import annotations

from datetime import date

from crmdesk.core.i18n import N_

GROUPS = (("late", N_("Late")), ("today", N_("Today")), ("soon", N_("Next 7 days")))


def group_of(day: date, today: date) -> str:
    """Whether a planned day is late, today or soon."""
    if day < today:
        return "late"
    return "today" if day == today else "soon"
