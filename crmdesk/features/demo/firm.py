"""The demo firm: Bellini Impianti, an installer between Lake Maggiore and the Sesia, with 240 customers.

A pure generator: the same start number, words and day always give the same rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from crmdesk.features.demo import contacts, names, trading
from crmdesk.features.demo.names import TRADES, Trade
from crmdesk.features.demo.rows import FirmRows, Profile, Row
from crmdesk.features.demo.words import Words

FIRM = "Bellini Impianti"
CURRENCY = "EUR"
YEARS = 3
FIRST_NUMBER = 1001
SPREAD = 0.86
HIGHEST = 38_000_00
_TRENDS = ("steady", "growing", "falling", "silent", "new", "none")
_TREND_WEIGHTS = (52, 15, 10, 9, 7, 9)


def firm(seed: int, words: Words, today: date) -> FirmRows:
    """Make all rows of the demo firm for a day."""
    rows = FirmRows()
    profiles = [
        _customer(rows, profile, words, today) for profile in _profiles(Random(f"{seed} firm"), today)
    ]
    trading.add_products(rows, words)
    trading.add_orders(rows, profiles, words, Random(f"{seed} orders"), today)
    contacts.add_log(rows, profiles, words, Random(f"{seed} log"), today)
    contacts.add_plans(rows, profiles, words, Random(f"{seed} plans"), today)
    _judgements(rows, profiles, words, Random(f"{seed} grades"), today)
    return rows


def _profiles(random: Random, today: date) -> Iterator[tuple[Profile, Random]]:
    start = today - timedelta(days=365 * YEARS)
    drawn = [(trade, name) for trade in TRADES for name in _names(trade, random)]
    random.shuffle(drawn)
    for n, (trade, name) in enumerate(drawn, start=1):
        trend = random.choices(_TRENDS, _TREND_WEIGHTS)[0]
        level = min(HIGHEST, round(trade.yearly * 100 * random.lognormvariate(0, SPREAD)))
        first, silent = start - timedelta(days=random.randrange(3000)), None
        if trend == "new":
            first = today - timedelta(days=random.randint(20, 300))
        if trend == "silent":
            silent = today - timedelta(days=random.randint(130, 420))
        yield (
            Profile(f"c{n}", name, trade, level, trend, first, silent, ()),
            Random(f"{random.random()} {n}"),
        )


def _names(trade: Trade, random: Random) -> list[str]:
    if trade.key == "private":
        people = [f"{first} {last}" for first in names.MEN + names.WOMEN for last in names.SURNAMES]
        return random.sample(people, trade.number)
    if trade.key == "condominium":
        numbers = random.sample(
            [f"{street} {n}" for street in names.STREETS for n in range(2, 40, 2)], trade.number
        )
        return [trade.pattern.format(number) for number in numbers]
    pool = trade.pool or tuple(random.sample(names.SURNAMES, trade.number))
    return [trade.pattern.format(name) for name in pool[: trade.number]]


def _customer(rows: FirmRows, drawn: tuple[Profile, Random], words: Words, today: date) -> Profile:
    profile, random = drawn
    private = profile.trade.key == "private"
    town = random.choice(names.TOWNS)
    number = FIRST_NUMBER + len(rows.tables.get("customer", ()))
    email_name = _slug(profile.name)
    kind = {"none": random.choices(("prospect", "lead"), (3, 1))[0]}.get(profile.trend, "customer")
    if profile.trend == "silent" and profile.silent_since and (today - profile.silent_since).days > 365:
        kind = random.choice(("customer", "former"))
    rows.add(
        "customer",
        "c",
        name=profile.name,
        number=str(number),
        form="person" if private else "company",
        kind=kind,
        trade=words.trades[profile.trade.key],
        size=None if private else profile.trade.size,
        source=random.choice(words.lists["sources"]),
        referent=random.choice(names.OUR_PEOPLE),
        vat_number=None if private else partita_iva(random),
        since=None if kind in ("prospect", "lead") else profile.first,
        channel=random.choice(("phone", "phone", "email", "visit", "message")),
        language="it",
        website=None if private or random.random() < 0.4 else f"https://www.{email_name}.example",
        notes=random.choice(words.lists["notes"]) if random.random() < 0.15 else None,
    )
    _reach(rows, profile, random, town, email_name)
    if random.random() < 0.25:
        rows.add("tag", "t", customer_id=profile.id, name=random.choice(words.lists["tags"]))
    return replace(
        profile, people=() if private else tuple(_people(rows, profile, words, random, email_name))
    )


def _reach(rows: FirmRows, profile: Profile, random: Random, town: tuple[str, ...], email_name: str) -> None:
    number = int(profile.id[1:])
    private = profile.trade.key == "private"
    street = f"{random.choice(names.STREETS)} {random.randint(1, 90)}"
    if profile.trade.key == "condominium":
        street = profile.name.removeprefix("Condominio ")
    place, postcode, province, prefix = town
    kind = "home" if private else "office"
    address: Row = {
        "street": street,
        "postcode": postcode,
        "town": place,
        "province": province,
        "country": "Italia",
    }
    rows.add("address", "a", customer_id=profile.id, kind=kind, preferred=True, **address)
    phone = _mobile(random) if private else f"{prefix} 550 {100 + number * 37 % 900}"
    kind = "mobile" if private else "phone"
    rows.add("contact_point", "k", customer_id=profile.id, kind=kind, value=phone, preferred=True)
    mail = f"{email_name}@posta.example" if private else f"info@{email_name}.example"
    if random.random() < 0.9:
        rows.add("contact_point", "k", customer_id=profile.id, kind="email", value=mail, preferred=False)


def _people(
    rows: FirmRows, profile: Profile, words: Words, random: Random, email_name: str
) -> Iterator[tuple[str, str]]:
    family = profile.name.split()[-1]
    first_role = dict(names.TRADE_ROLES).get(profile.trade.key, "owner")
    roles = [first_role, *random.sample(names.COMPANY_ROLES[1:], random.choices((0, 1, 2), (4, 4, 2))[0])]
    for n, role in enumerate(roles):
        woman = random.random() < 0.5
        first = random.choice(names.WOMEN if woman else names.MEN)
        own = n == 0 and family in names.SURNAMES
        last = family if own else random.choice(names.SURNAMES)
        person = rows.add("person", "p", first_name=first, last_name=last, language="it")
        rows.add(
            "affiliation",
            "f",
            person_id=person,
            customer_id=profile.id,
            role=words.roles[role],
            decides=n == 0,
            since=profile.first,
        )
        if n == 0 or random.random() < 0.5:
            rows.add(
                "contact_point", "k", person_id=person, kind="mobile", value=_mobile(random), preferred=n == 0
            )
        mail = f"{_slug(first)}.{_slug(last)}@{email_name}.example"
        rows.add("contact_point", "k", person_id=person, kind="email", value=mail, preferred=False)
        yield person, f"{first} {last}"


def _mobile(random: Random) -> str:
    return f"{random.choice((328, 333, 347, 349))} 555 {random.randint(1000, 9999)}"


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "", plain)


def partita_iva(random: Random) -> str:
    """A VAT number of Piedmont with a valid check digit."""
    digits = [int(digit) for digit in f"{random.randrange(10**7):07}{random.choice(('003', '002')):>03}"]
    doubled = [digit if n % 2 == 0 else sum(divmod(digit * 2, 10)) for n, digit in enumerate(digits)]
    return "".join(map(str, digits)) + str(-sum(doubled) % 10)


def _judgements(rows: FirmRows, profiles: list[Profile], words: Words, random: Random, today: date) -> None:
    """Grades for four customers of five, budgets for most of them, and two decisions of the owner."""
    by_id = {row["id"]: row for row in rows.tables["customer"]}
    for profile in profiles:
        row = by_id[profile.id]
        large = profile.level > 300_000
        if random.random() < (0.06 if large else 0.26):
            continue
        row["potential_grade"] = str(min(5, max(1, round(random.gauss(3.4 if large else 2.6, 1.1)))))
        if random.random() < 0.78:
            share = random.choice((1.3, 1.6, 1.6, 2.0)) * random.lognormvariate(0.1, 0.5)
            wish = profile.level * share + profile.trade.yearly * random.randint(10, 90)
            row["potential_budget"] = int(max(300_00, round(wish, -4 if wish > 500_000 else -3)))
    judged = random.sample(sorted(profiles, key=lambda profile: -profile.level)[20:120], 2)
    for profile, cluster, reason in zip(judged, ("key", "maintain"), words.lists["reasons"], strict=True):
        until = today + timedelta(days=random.randint(60, 170))
        rows.add(
            "portfolio_override", "o", customer_id=profile.id, cluster=cluster, reason=reason, until=until
        )
