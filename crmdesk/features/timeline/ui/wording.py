"""How contacts are said on screen: chips, moods, and the ready-made lines of the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from crmdesk.core import calendar_names, dates
from crmdesk.core.feature import Moment
from crmdesk.core.i18n import Region, _, ngettext
from crmdesk.features.timeline import queries, rules
from crmdesk.features.timeline.records import MOODS, OUTCOMES
from crmdesk.features.timeline.rules import Name, Understood

MOOD_ICONS = (
    ("5", "laugh", "ok"),
    ("4", "smile", "ok"),
    ("3", "meh", "text_3"),
    ("2", "frown", "due"),
    ("1", "angry", "late"),
)


@dataclass(frozen=True, slots=True)
class ChipText:
    """A chip under the composer: icon, word, strong part."""

    icon: str
    text: str
    strong: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the timeline, ready to be painted: a month, or an entry."""

    row: str = ""
    table: str = ""
    month: str = ""
    icon: str = ""
    head: str = ""
    detail: str = ""
    text: str = ""
    day: str = ""
    mood_icon: str = ""
    mood_color: str = ""
    mood: str = ""
    last: bool = False


def mood_icon(mood: str | None) -> tuple[str, str]:
    """The icon of a mood and the token of its colour; nothing where there is none."""
    return next(((icon, color) for key, icon, color in MOOD_ICONS if key == mood), ("", ""))


def choice(options: Sequence[object], key: str | None) -> str:
    """The label of a choice in the language of the screen."""
    found = (getattr(one, "label", "") for one in options if getattr(one, "key", None) == key)
    return _(next(found, ""))


def chips(
    said: Understood, people: Sequence[Name], channel: str, logs: bool, region: Region
) -> list[ChipText]:
    """What the line was understood to say, in the order of the design: who, when, how, what next."""
    names = {one.id: one.full for one in people}
    made = [ChipText("user", "", names[one]) for one in said.people if one in names]
    today = dates.today()
    if logs and (said.parts or said.text):
        now = dates.now().replace(second=0, microsecond=0)
        at = said.moment(now)
        when = capital(rules.day_word(at.date(), today, region))
        clock = "" if at.time() == time(12) and at.date() != today else f" {at:%H:%M}"
        count = said.minutes or 0
        minutes = ngettext("{n} min", "{n} min", count).format(n=count) if count else ""
        made.append(ChipText("clock", when + clock + (", " if minutes else ""), minutes))
        if said.mood:
            made.append(ChipText(mood_icon(said.mood)[0], choice(MOODS, said.mood)))
        if said.outcome:
            made.append(ChipText("phone-off", choice(OUTCOMES, said.outcome)))
    planned = said.planned_at()
    if planned is not None:
        what = said.next_step or queries.channel_label(channel)
        day = when_planned(planned, today, region)
        icon = "list-checks" if logs else "calendar-plus"
        made.append(ChipText(icon, _("Planned"), f"{short(what)}, {day}"))
    return made


def short(text: str, most: int = 40) -> str:
    """The beginning of a text, cut at a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + "…"


def capital(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def when_planned(at: datetime, today: date, region: Region) -> str:
    """The day something is planned for, with its hour where it has one."""
    day = rules.day_word(at.date(), today, region)
    return day if at.time() == time() else f"{day} {at:%H:%M}"


def due_color(day: date, today: date) -> str:
    """The colour of a planned day: late before today, due until tomorrow."""
    days = (day - today).days
    return "late" if days < 0 else "due" if days <= 1 else "text_3"


def lines(moments: Sequence[Moment], today: date, region: Region, month: date | None = None) -> list[Line]:
    """The rows of the timeline for moments, newest first, with a heading where a month begins.

    `month` is the one the rows before these ended with.
    """
    made: list[Line] = []
    for place, moment in enumerate(moments):
        first = dates.month_start(moment.at.date())
        if first != month:
            made.append(Line(month=rules.month_heading(first, today)))
            month = first
        behind = moments[place + 1] if place + 1 < len(moments) else None
        ends = behind is not None and dates.month_start(behind.at.date()) != first
        icon, color = mood_icon(moment.mood)
        made.append(
            Line(
                row=moment.row,
                table=moment.table,
                icon=moment.icon,
                head=moment.head,
                detail=moment.detail,
                text=moment.text,
                day=f"{calendar_names.short_weekday(moment.at.weekday())} {moment.at.day}",
                mood_icon=icon,
                mood_color=color,
                mood=choice(MOODS, moment.mood),
                last=ends,
            )
        )
    return made
