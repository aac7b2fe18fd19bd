"""What was said: the contact log of eighteen months, and the contacts still planned."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from crmdesk.features.demo.names import PRODUCTS
from crmdesk.features.demo.rows import FirmRows, Profile
from crmdesk.features.demo.words import LogWords, Words

DAYS = 548
# how often each sort of contact happens, in the order of the templates
WEIGHTS = (22, 14, 5, 1, 12, 10, 3, 12, 8, 4, 7, 1)
LATE, DUE_TODAY, SOON = 14, 6, 62


def add_log(rows: FirmRows, profiles: list[Profile], words: Words, random: Random, today: date) -> None:
    """Add about a dozen contacts for each customer, more for those who buy more."""
    drawn = []
    for n, profile in enumerate(profiles):
        start = max(profile.first, today - timedelta(days=DAYS))
        end = min(
            today - timedelta(days=random.choices((1, 9, 35), (3, 4, 3))[0]), profile.silent_since or today
        )
        span = (end - start).days
        if span < 1:
            continue
        often = min(40.0, 6.5 + (profile.level / 100_00) ** 0.5 * 1.45) * span / DAYS
        if profile.trend == "none":
            often *= 0.35
        for _time in range(max(1, round(random.gauss(often, often**0.5 / 2)))):
            moment = _moment(_workday(start + timedelta(days=random.randrange(span + 1))), random)
            drawn.append((moment, n))
    for moment, n in sorted(drawn):
        _add_contact(rows, profiles[n], words, random, moment)


def _add_contact(rows: FirmRows, profile: Profile, words: Words, random: Random, moment: datetime) -> None:
    said = random.choices(words.log, WEIGHTS)[0]
    person, text = _filled(said, profile, words, random)
    low, high = said.minutes
    mood = None if said.mood is None else str(min(5, max(1, said.mood + random.choice((-1, 0, 0, 0, 1)))))
    entry = rows.add(
        "interaction",
        "e",
        customer_id=profile.id,
        state="done",
        channel=said.channel,
        direction=said.direction,
        at=moment,
        minutes=float(random.randint(low, high)),
        outcome=said.outcome or ("reached" if said.channel == "phone" else None),
        mood=mood if random.random() < 0.7 else None,
        text=text,
    )
    if person:
        rows.add("participant", "q", interaction_id=entry, person_id=person)


def add_plans(rows: FirmRows, profiles: list[Profile], words: Words, random: Random, today: date) -> None:
    """Add planned contacts: some late, some for today, most in the weeks to come."""
    active = [profile for profile in profiles if profile.trend != "silent"]
    chosen = random.sample(active, LATE + DUE_TODAY + SOON)
    for n, profile in enumerate(chosen):
        if n < LATE:
            day = _workday(today - timedelta(days=random.randint(1, 21)))
        elif n < LATE + DUE_TODAY:
            day = today
        else:
            day = _workday(today + timedelta(days=random.randint(3, 40)))
        plan = random.choice(words.plans)
        person, text = _filled(plan, profile, words, random)
        entry = rows.add(
            "interaction",
            "e",
            customer_id=profile.id,
            state="planned",
            channel=plan.channel,
            direction="out",
            at=_moment(day, random) if random.random() < 0.4 else datetime.combine(day, time()),
            text=text,
        )
        if person:
            rows.add("participant", "q", interaction_id=entry, person_id=person)


def _filled(said: LogWords, profile: Profile, words: Words, random: Random) -> tuple[str, str]:
    """A sentence with a person and a product of the customer's sort, and the id of that person."""
    person, name = random.choice(profile.people) if profile.people else ("", profile.name)
    goods = [pair for pair in profile.trade.buys if pair[0] != "service"]
    categories, weights = zip(*goods, strict=True)
    category = random.choices(categories, weights)[0]
    code = random.choice([product for product in PRODUCTS if product[1] == category and product[2] > 30_000])[
        0
    ]
    pattern = random.choice(said.texts)
    return person, pattern.replace("{person}", name).replace("{product}", _inside(words.products[code]))


def _inside(product: str) -> str:
    """A product's name within a sentence: without its capital, unless that is an abbreviation."""
    return product[0].lower() + product[1:] if product[1:2].islower() else product


def _moment(day: date, random: Random) -> datetime:
    return datetime.combine(
        day, time(random.choice((8, 9, 9, 10, 10, 11, 14, 15, 16, 17)), random.randrange(0, 60, 5))
    )


def _workday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))
