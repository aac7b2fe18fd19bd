"""What the demo firm sold: products, three years of invoices with seasons and margins, and what came back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from crmdesk.features.demo.names import PRODUCTS, SEASONS
from crmdesk.features.demo.rows import FirmRows, Profile, Row
from crmdesk.features.demo.words import Words

YEARS = 3
GROWTH = (("growing", 1.7), ("falling", 0.6))
MOST_LINES = 5
Product = tuple[str, str, int, int]


def add_products(rows: FirmRows, words: Words) -> None:
    """Add the price list."""
    for code, category, price, cost in PRODUCTS:
        rows.add(
            "product",
            "x",
            code=code,
            name=words.products[code],
            category=words.categories[category],
            price=price,
            cost=cost,
        )


def add_orders(rows: FirmRows, profiles: list[Profile], words: Words, random: Random, today: date) -> None:
    """Add the invoices of all customers in the order of their dates, each with its lines."""
    products = {row["code"]: row["id"] for row in rows.tables["product"]}
    drawn = [
        (day, n, category, amount)
        for n, profile in enumerate(profiles)
        for day, category, amount in _purchases(profile, random, today)
    ]
    numbers: dict[int, int] = {}
    for day, n, category, amount in sorted(drawn):
        lines = _lines(category, amount, words, random)
        order = _invoice(day, profiles[n], lines, random, today)
        if random.random() < 0.12:
            order["note"] = random.choice(words.lists["order_notes"])
        _add(rows, order, lines, products, numbers)
        back = day + timedelta(days=random.randint(4, 25))
        if random.random() < 0.025 and back <= today and lines[0]["_code"] not in ("ORE01", "TUB26"):
            _add(rows, *_credit(back, profiles[n], lines[0], words), products, numbers)


def _purchases(profile: Profile, random: Random, today: date) -> Iterator[tuple[date, str, int]]:
    if profile.trend == "none":
        return
    growth = dict(GROWTH).get(profile.trend, 1.0)
    for year in range(YEARS):
        start = today - timedelta(days=365 * (YEARS - year))
        level = profile.level * growth ** (year - 1) * random.lognormvariate(0, 0.15)
        often = min(14.0, max(0.6, (level / 65_000) ** 0.6))
        times = int(often) + (random.random() < often % 1)
        for _time in range(times):
            category = random.choices(*zip(*profile.trade.buys, strict=True))[0]
            day = _day(category, start, random)
            late = profile.silent_since is not None and day > profile.silent_since
            if day < profile.first or day > today or late:
                continue
            yield day, category, round(level / often * random.lognormvariate(0, 0.4))


def _day(category: str, start: date, random: Random) -> date:
    """A working day of the year that begins at a start, in a month that suits the category."""
    busy = dict(SEASONS)[category]
    day = start + timedelta(days=random.randrange(365))
    while random.random() * max(busy) > busy[day.month - 1]:
        day = start + timedelta(days=random.randrange(365))
    return day - timedelta(days=max(0, day.weekday() - 4))


def _lines(category: str, amount: int, words: Words, random: Random) -> list[Row]:
    """Products worth about an amount: a main one of the category, then smaller ones and hours."""
    offered = [product for product in PRODUCTS if product[1] == category]
    lines: list[Row] = []
    left = amount
    while left > 2_000 and len(lines) < MOST_LINES:
        fitting = [product for product in offered if product[2] <= left * 1.15]
        if not fitting:
            break
        dear = sorted(fitting, key=lambda product: -product[2])[:3] if not lines else fitting
        line = _line(random.choice(dear), left, words, random, position=len(lines) + 1)
        lines.append(line)
        left -= line["amount"]
    hour = next(product for product in PRODUCTS if product[0] == "ORE01")
    if not lines or left > hour[2]:
        lines.append(_line(hour, min(max(left, hour[2]), hour[2] * 24), words, random, len(lines) + 1))
    return lines


def _line(product: Product, left: int, words: Words, random: Random, position: int) -> Row:
    code, _category, price, cost = product
    most = max(1, left // price)
    quantity = most if most < 3 or code == "ORE01" else random.randint(1, min(most, 60))
    discount = random.choice((0.0, 0.0, 0.0, 5.0, 10.0))
    return {
        "_code": code,
        "position": float(position),
        "description": words.products[code],
        "quantity": float(quantity),
        "unit_price": price,
        "discount": discount,
        "amount": round(price * quantity * (100 - discount) / 100),
        "cost": round(cost * quantity * random.uniform(0.94, 1.06)),
    }


def _invoice(day: date, profile: Profile, lines: list[Row], random: Random, today: date) -> Row:
    due = day + timedelta(days=random.choice((30, 30, 60)))
    paid = due + timedelta(days=round(random.gauss(2, 9)))
    return {
        "customer_id": profile.id,
        "date": day,
        "kind": "invoice",
        "amount": sum(line["amount"] for line in lines),
        "cost": sum(line["cost"] for line in lines),
        "currency": "EUR",
        "due": due,
        "paid": max(day, paid) if paid <= today and random.random() < 0.97 else None,
    }


def _credit(day: date, profile: Profile, line: Row, words: Words) -> tuple[Row, list[Row]]:
    back = {
        **line,
        "quantity": -line["quantity"],
        "amount": -line["amount"],
        "cost": -line["cost"],
        "position": 1.0,
    }
    order: Row = {
        "customer_id": profile.id,
        "date": day,
        "kind": "credit",
        "amount": back["amount"],
        "cost": back["cost"],
        "currency": "EUR",
        "note": words.lists["credit_note"],
    }
    return order, [back]


def _add(
    rows: FirmRows, order: Row, lines: list[Row], products: dict[str, str], numbers: dict[int, int]
) -> None:
    year = order["date"].year
    numbers[year] = numbers.get(year, 0) + 1
    name = rows.add("orders", "i", number=f"{year}-{numbers[year]:04}", **order)
    for line in lines:
        values = {key: value for key, value in line.items() if key != "_code"}
        rows.add("order_line", "l", order_id=name, product_id=products[line["_code"]], **values)
