"""How a line typed in the composer is understood, and how the timeline is parted into months.

A line like `call elena 15' wants quote softener fri` says who, how long, what and what next. Recognised words
at either end leave the text; inside it they stay, so that a sentence is never broken. A day to come plans a
contact; with anything that only a past contact has (minutes, mood, outcome) it is the next step of one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from crmdesk.core import dates
from crmdesk.core.i18n import N_, Region, _
from crmdesk.features.timeline import words
from crmdesk.features.timeline.day_words import Word, fold, named_days

_MINUTES = re.compile(
    r"(?<![\w/.:,])(\d{1,3})\s?(?:['’′]|(?:min(?:s|ute|utes|uti|uto)?|мин(?:ут[аыу]?)?|m)\b\.?)",
    re.IGNORECASE,
)
_HOURS = re.compile(r"(?<![\w/.:,])(\d{1,2}(?:[.,]5)?)\s?(?:h|hours?|or[ae]|час(?:а|ов)?|ч)\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\w/.:,])(?:(?:at|alle|ore|в)\s+)?(\d{1,2}):(\d{2})(?![\w:])|\b(?:alle|ore|at)\s+(\d{1,2})(?![\w:.,/])",
    re.IGNORECASE,
)
_MOOD_DIGIT = re.compile(r"\b(?:mood|umore|настроение)\s*[:=]?\s*([1-5])\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_CLAUSE = re.compile(r"[.;,–—]\s+|\s+(?:then|poi|quindi|потом|затем)\s+", re.IGNORECASE)
_TRIM = " \t,;:.-–—"


@dataclass(frozen=True, slots=True)
class Name:
    """A person the line may name."""

    id: str
    first: str
    last: str

    @property
    def full(self) -> str:
        """First and last name as people write them."""
        return f"{self.first} {self.last}".strip()


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the line that was understood: what it is and where it stands."""

    kind: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line says: the contact that was, the one that is planned, and the words it was read from."""

    parts: tuple[Part, ...] = ()
    text: str = ""
    channel: str | None = None
    direction: str | None = None
    minutes: int | None = None
    mood: str | None = None
    outcome: str | None = None
    people: tuple[str, ...] = ()
    day: date | None = None
    clock: time | None = None
    next_day: date | None = None
    next_step: str = ""

    @property
    def happened(self) -> bool:
        """Whether the line tells of a contact, rather than only planning one."""
        evidence = self.minutes or self.mood or self.outcome or self.day
        return self.next_day is None or bool(evidence)

    def moment(self, now: datetime) -> datetime:
        """When the contact was: the day and hour named, else now; a day alone is its noon."""
        if self.day is None:
            return datetime.combine(now.date(), self.clock) if self.clock and self.happened else now
        if self.clock is not None:
            return datetime.combine(self.day, self.clock)
        return now if self.day == now.date() else datetime.combine(self.day, time(12))

    def planned_at(self) -> datetime | None:
        """When the next contact is planned; midnight means any time of the day."""
        if self.next_day is None:
            return None
        return datetime.combine(self.next_day, time() if self.happened or not self.clock else self.clock)


def understand(line: str, people: Sequence[Name], today: date, region: Region) -> Understood:
    """Read one line of the composer; what is not understood stays text."""
    found: list[Part] = []
    _patterns(line, found)
    _days(line, today, region, found)
    line_words = [word for word in _words(line) if not _covered(word, found)]
    _leading_channel(line, line_words, found)
    _phrases(line_words, found)
    _people(line_words, people, found)
    parts = tuple(sorted(found, key=lambda part: part.start))
    past, ahead = _first_days(parts, today)
    kept = tuple(part for part in parts if part.kind != "day" or part.value in (str(past), str(ahead)))
    text = _text(line, kept)
    return Understood(
        parts=kept,
        text=text,
        channel=_value(kept, "channel"),
        direction=_value(kept, "direction"),
        minutes=int(_value(kept, "minutes") or 0) or None,
        mood=_value(kept, "mood"),
        outcome=_value(kept, "outcome"),
        people=tuple(dict.fromkeys(part.value for part in kept if part.kind == "person")),
        day=past,
        clock=time.fromisoformat(clock) if (clock := _value(kept, "clock")) else None,
        next_day=ahead,
        next_step=_last_clause(text) if ahead else "",
    )


def _words(line: str) -> list[Word]:
    return [Word(found.start(), found.end(), fold(found[0])) for found in _WORD.finditer(line)]


def _covered(word: Word, parts: Sequence[Part]) -> bool:
    return any(part.start < word.end and word.start < part.end for part in parts)


def _value(parts: Sequence[Part], kind: str) -> str | None:
    return next((part.value for part in parts if part.kind == kind), None)


def _patterns(line: str, found: list[Part]) -> None:
    """Minutes, the hour, mood digits and faces."""
    for match in _CLOCK.finditer(line):
        hour, minute = int(match[1] or match[3]), int(match[2] or 0)
        if hour < 24 and minute < 60:
            found.append(Part("clock", match.start(), match.end(), time(hour, minute).isoformat()))
            break
    for pattern, times in ((_MINUTES, 1.0), (_HOURS, 60.0)):
        for match in pattern.finditer(line):
            place = Word(match.start(), match.end(), "")
            if not _covered(place, found) and not _value(found, "minutes"):
                count = round(float(match[1].replace(",", ".")) * times)
                found.append(Part("minutes", match.start(), match.end(), str(count)))
    if digit := _MOOD_DIGIT.search(line):
        found.append(Part("mood", digit.start(), digit.end(), digit[1]))
    for face, mood in words.FACES.items():
        at = line.find(face)
        if at >= 0 and face and not _value(found, "mood"):
            found.append(Part("mood", at, at + len(face), mood))


def _days(line: str, today: date, region: Region, found: list[Part]) -> None:
    free = [word for word in _words(line) if not _covered(word, found)]
    for day in named_days(line, free, today, region):
        if not _covered(Word(day.start, day.end, ""), found):
            found.append(Part("day", day.start, day.end, day.day.isoformat()))


def _first_days(parts: Sequence[Part], today: date) -> tuple[date | None, date | None]:
    days = [date.fromisoformat(part.value) for part in parts if part.kind == "day"]
    past = next((day for day in days if day <= today), None)
    return past, next((day for day in days if day > today), None)


def _leading_channel(line: str, line_words: list[Word], found: list[Part]) -> None:
    """The channel and direction in front, in either order, before anything that is text."""
    for word in line_words[:3]:
        gap = line[: word.start]
        seen = [part for part in found if part.end <= word.start]
        bare = _without(gap, seen, 0)
        if bare.strip(_TRIM):
            return
        if word.fold in words.CHANNELS and not _value(found, "channel"):
            found.append(Part("channel", word.start, word.end, words.CHANNELS[word.fold]))
        elif word.fold in words.INCOMING or word.fold in words.OUTGOING:
            value = "in" if word.fold in words.INCOMING else "out"
            found.append(Part("direction", word.start, word.end, value))
        else:
            return


def _phrases(line_words: Sequence[Word], found: list[Part]) -> None:
    """Outcomes of up to three words, and words for a mood that are not denied."""
    for length in (3, 2, 1):
        for at in range(len(line_words) - length + 1):
            run = line_words[at : at + length]
            key = words.OUTCOMES.get(" ".join(word.fold for word in run))
            if key and not _value(found, "outcome"):
                found.append(Part("outcome", run[0].start, run[-1].end, key))
    for at, word in enumerate(line_words):
        denied = at > 0 and line_words[at - 1].fold in words.NOT
        if word.fold in words.MOODS and not denied and not _value(found, "mood"):
            found.append(Part("mood", word.start, word.end, words.MOODS[word.fold]))


def _people(line_words: Sequence[Word], people: Sequence[Name], found: list[Part]) -> None:
    at = 0
    while at < len(line_words):
        pair = line_words[at : at + 2]
        both = [one for one in people if len(pair) == 2 and _says_both(pair, one)]
        alone = [one for one in people if _says(pair[0].fold, one.first) or _says(pair[0].fold, one.last)]
        if len(both) == 1:
            found.append(Part("person", pair[0].start, pair[1].end, both[0].id))
            at += 1
        elif len(alone) == 1 and not _covered(pair[0], found):
            found.append(Part("person", pair[0].start, pair[0].end, alone[0].id))
        at += 1


def _says_both(pair: Sequence[Word], one: Name) -> bool:
    first, last = pair[0].fold, pair[1].fold
    straight = _says(first, one.first) and _says(last, one.last)
    return straight or (_says(first, one.last) and _says(last, one.first))


def _says(word: str, name: str) -> bool:
    """Whether a word is the name, also with another Russian case ending."""
    plain = fold(name)
    if len(plain) < 2 or len(word) < 2:
        return False
    if word == plain:
        return True
    russian = "а" <= plain[-1] <= "я"
    return russian and len(plain) > 3 and word.startswith(plain[:-1]) and len(word) <= len(plain) + 2


def _without(line: str, parts: Sequence[Part], offset: int) -> str:
    for part in sorted(parts, key=lambda one: -one.start):
        line = line[: part.start - offset] + line[part.end - offset :]
    return line


def _text(line: str, parts: Sequence[Part]) -> str:
    """The line without what was understood at its ends, and without minutes and faces anywhere."""
    start, end = 0, len(line)
    for part in parts:
        between = line[start : part.start].strip(_TRIM)
        joint = part.kind == "person" and fold(between) in words.JOINTS
        if between and not joint:
            break
        start = part.end
    for part in reversed(parts):
        tail = line[part.end : end].strip(_TRIM + "!?")
        said = part.kind in ("mood", "outcome") and _is_word(line, part)
        if part.start < start or tail or said:
            break
        end = part.start
    inner = [part for part in parts if start <= part.start and part.end <= end and _is_aside(line, part)]
    body = _without(line[start:end], inner, start)
    return re.sub(r"\s+([,;:.])", r"\1", re.sub(r"\s+", " ", body)).strip(" \t,;:-–—")


def _is_word(line: str, part: Part) -> bool:
    return line[part.start].isalpha()


def _is_aside(line: str, part: Part) -> bool:
    """Whether a part inside the text is no word of its sentence: minutes, and faces."""
    return part.kind == "minutes" or (part.kind == "mood" and not _is_word(line, part))


def _last_clause(text: str) -> str:
    """What the day to come belongs to: the last clause of the text."""
    clauses = [clause.strip(_TRIM) for clause in _CLAUSE.split(text)]
    last = next((clause for clause in reversed(clauses) if clause), "")
    return last[:1].upper() + last[1:]


def month_heading(day: date, today: date) -> str:
    """The name of a month, with its year only when that is another one."""
    shown = dates.show_month(day)
    named = shown.rsplit(" ", 1)[0] if day.year == today.year else shown
    return named[:1].upper() + named[1:]


def day_word(day: date, today: date, region: Region) -> str:
    """A day as a short word near today, else as a date."""
    near = {-1: N_("yesterday"), 0: N_("today"), 1: N_("tomorrow")}.get((day - today).days)
    return _(near) if near else dates.show_date(day, region, today)


def after(day: date, choice: str) -> date:
    """The day that a postponed contact moves to: tomorrow, a week on, or a month on, never on a weekend."""
    moved = {"day": day + timedelta(1), "week": day + timedelta(7)}.get(choice) or dates.add_months(day, 1)
    return moved + timedelta(max(0, 7 - moved.weekday()) if moved.weekday() > 4 else 0)
