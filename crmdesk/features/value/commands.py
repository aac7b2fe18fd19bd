"""The verbs value, whatif and backtest of the command line."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from typing import Any

from crmdesk.core import dates, money
from crmdesk.core.context import Context
from crmdesk.core.errors import NotFound, UserError
from crmdesk.core.feature import Command
from crmdesk.core.i18n import N_, _
from crmdesk.features.knowledge import queries
from crmdesk.features.knowledge.backtest import BackTest, backtest
from crmdesk.features.value import runs, whatif
from crmdesk.features.value.explain import Words
from crmdesk.features.value.whatif import Change, Outcome
from crmdesk.features.value.worth import Valuation, Worth

LONGEST_NAME = 34


def day_arguments(parser: ArgumentParser) -> None:
    """Say that a command may be asked for an earlier day."""
    parser.add_argument("--as-of", metavar="D", help=_("the day, today where none is named"))


def chosen_day(context: Context, options: Namespace) -> date:
    """The day asked for; a day to come is refused."""
    today: date = context.today()
    day = dates.parse_date(options.as_of, context.region) if options.as_of else today
    if day > today:
        raise UserError(_("This day is still to come. Name today or an earlier one."))
    return day


def units(minor: int | None, currency: str) -> float | None:
    """An amount for JSON, in whole units; None where it is unknown."""
    return None if minor is None else float(money.from_minor(minor, currency))


def _value_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--customer", metavar="ID", help=_("id, number or name of one customer"))
    day_arguments(parser)
    parser.add_argument("--explain", action="store_true", help=_("say how each value was made"))


def _value(context: Context, options: Namespace) -> int:
    day = chosen_day(context, options)
    with context.store(shared=True).read() as session:
        valuation = runs.run(session, day, context.progress())
    wanted = list(valuation.customers)
    if options.customer:
        wanted = [one for one in wanted if options.customer in (one.id, one.number, one.name)]
        if not wanted:
            raise NotFound(_("No customer is called {word}.").format(word=options.customer))
    words = Words(valuation, context.region)
    context.emit(as_json(valuation, wanted, words if options.explain else None))
    context.out(_firm_line(valuation))
    if options.customer or options.explain:
        for one in wanted:
            _tell(context, words, one)
    else:
        _list(context, words, wanted)
    return 0


def as_json(valuation: Valuation, wanted: list[Worth], words: Words | None = None) -> dict[str, Any]:
    """A run as the JSON of the command `value`; chances from 0 to 1, money in whole units."""
    firm, model = valuation.firm, valuation.firm.activity
    return {
        "as_of": valuation.as_of.isoformat(),
        "currency": valuation.currency,
        "evidence": {"level": firm.evidence.level.value, "reason": firm.evidence.reason},
        "model": {
            "name": "MBG/NBD",
            "used": firm.evidence.method.value,
            "r": model.r,
            "alpha": model.alpha,
            "a": model.a,
            "b": model.b,
            "log_likelihood": model.log_likelihood,
        },
        "customers": [_customer(one, valuation, words) for one in wanted],
        "total": {
            "clv": units(valuation.clv, valuation.currency),
            "equity": units(valuation.equity, valuation.currency),
        },
        "orders_in_other_currencies": valuation.foreign,
        "version": valuation.version,
    }


def _customer(one: Worth, valuation: Valuation, words: Words | None) -> dict[str, Any]:
    def amount(minor: int | None) -> float | None:
        return units(minor, valuation.currency)

    lines: list[dict[str, Any]] = [{"label": line.label, "amount": amount(line.amount)} for line in one.lines]
    if words is not None:
        for entry, line in zip(lines, one.lines, strict=True):
            entry["sum"] = words.detail(one, line)
    found: dict[str, Any] = {
        "id": one.id,
        "number": one.number,
        "name": one.name,
        "clv": amount(one.clv),
        "growth": amount(one.growth),
        "word_of_mouth": amount(one.word_of_mouth),
        "equity": amount(one.equity),
        "churn_risk": one.churn_risk,
        "p_alive": one.p_alive,
        "expected_orders": one.expected_orders,
        "overdue": one.overdue,
        "evidence": one.evidence.level.value,
        "lines": lines,
        "state": one.state.value,
    }
    if words is not None:
        found |= {"reason": one.evidence.reason, "inputs": dict(words.facts(one))}
    return found


def _firm_line(valuation: Valuation) -> str:
    evidence = valuation.firm.evidence
    return f"{evidence.level.value} {_(evidence.level.label)}: {evidence.reason}"


def _tell(context: Context, words: Words, one: Worth) -> None:
    context.out()
    context.out(f"{one.number} {one.name}".strip())
    for label, value in words.facts(one):
        context.out(f"  {label}: {value}")
    for label, amount, told in words.sheet(one):
        context.out(f"  {label:<34} {amount:>16}  {told}".rstrip())


def _list(context: Context, words: Words, wanted: list[Worth]) -> None:
    head = (_("Number"), _("Customer"), _("Evidence"), _("Value now"), _("Equity"), _("Risk"), _("Silence"))
    rows = [head]
    for one in wanted:
        rows.append(
            (
                one.number,
                one.name[:LONGEST_NAME],
                one.evidence.level.value,
                _("unknown") if one.clv is None else words.amount(one.clv, cents=False),
                _("unknown") if one.equity is None else words.amount(one.equity, cents=False),
                "" if one.churn_risk is None else words.share(one.churn_risk),
                "" if one.overdue is None else words.number(one.overdue),
            )
        )
    for line in aligned(rows, 3):
        context.out(line)
    context.out(_("Equity of the firm: {amount}").format(amount=words.amount(words.valuation.equity)))


def aligned(rows: list[Any], numbers_from: int) -> list[str]:
    """Rows as lines with columns below each other; the last columns hold numbers and end flush."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if n >= numbers_from else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _signed(text: str) -> float:
    try:
        return float(text.replace(",", ".").rstrip("%"))
    except ValueError:
        raise ArgumentTypeError(_("a number such as +5 or -5")) from None


def _whatif_arguments(parser: ArgumentParser) -> None:
    told = {
        "--retention": _("points of retention more or less"),
        "--churn": _("cut of churn in percent"),
        "--margin": _("margin in percent more or less"),
        "--orders": _("orders in percent more or less"),
        "--service": _("cost to serve in percent more or less"),
    }
    for name, sentence in told.items():
        parser.add_argument(name, type=_signed, default=0.0, metavar="N", help=sentence)
    day_arguments(parser)


def _whatif(context: Context, options: Namespace) -> int:
    with context.store(shared=True).read() as session:
        valuation = runs.run(session, chosen_day(context, options), context.progress())
    holdings, discount = whatif.base(valuation), valuation.judgement.yearly
    change = Change(options.retention, options.churn, options.margin, options.orders, options.service)
    found, claim = whatif.outcome(holdings, discount, change), whatif.claim(holdings, discount)
    words = Words(valuation, context.region)
    context.emit(
        {
            "as_of": valuation.as_of.isoformat(),
            "customers": len(holdings),
            "clv": units(valuation.clv, valuation.currency),
            "change": {name: getattr(change, name) for name in change.__slots__},
            **_outcome(found),
            "claim": {
                "points": _outcome(claim.points),
                "relative": _outcome(claim.relative),
                "true_from": claim.true_from,
                "retention": claim.retention,
            },
        }
    )
    rows = (
        (_("What you asked"), found),
        (_("5 points more retention"), claim.points),
        (_("5 percent less churn"), claim.relative),
    )
    for label, one in rows:
        told = _("{label}: {before} becomes {after} ({change})")
        change_shown = ("+" if one.change >= 0 else "") + words.share(one.change)
        context.out(
            told.format(
                label=label,
                before=words.units(one.before),
                after=words.units(one.after),
                change=change_shown,
            )
        )
    context.out(
        _("“25 % more” holds from a retention of {true}; yours is {own}.").format(
            true=words.share(claim.true_from), own=words.share(claim.retention)
        )
    )
    return 0


def _outcome(found: Outcome) -> dict[str, float]:
    return {"before": found.before, "after": found.after, "change": found.change}


def _backtest_arguments(parser: ArgumentParser) -> None:
    day_arguments(parser)
    parser.add_argument("--split", metavar="D", help=_("the last day the model may see"))


def _backtest(context: Context, options: Namespace) -> int:
    day = chosen_day(context, options)
    split = dates.parse_date(options.split, context.region) if options.split else None
    with context.store(shared=True).read() as session:
        facts, judgement = queries.facts(session, day), queries.judgement(session)
    end = day if split and options.as_of else None
    found = backtest(facts, judgement.retention / 100, split, end)
    if found is None:
        raise UserError(_("The history is too short to test the model."))
    context.emit(backtest_json(found))
    for label, number in _test_rows(found):
        context.out(f"{label:<46} {number:>12}")
    told = _("The model tells more than the plain average.")
    context.out(told if found.passed else _("The model tells no more than the plain average."))
    return 0


def backtest_json(found: BackTest) -> dict[str, Any]:
    """A back-test as JSON."""
    model = found.model
    return {
        "split": found.split.isoformat(),
        "end": found.end.isoformat(),
        "customers": found.customers,
        "actual": found.actual,
        "predicted": found.predicted,
        "mae": {"model": found.error_model, "rate": found.error_rate, "mean": found.error_mean},
        "auc": found.auc,
        "brier": {"model": found.brier_model, "base": found.brier_base},
        "passed": found.passed,
        "model": {
            "name": "MBG/NBD",
            "r": model.r,
            "alpha": model.alpha,
            "a": model.a,
            "b": model.b,
            "log_likelihood": model.log_likelihood,
        },
    }


def _test_rows(found: BackTest) -> list[tuple[str, str]]:
    return [
        (_("Hidden from"), found.split.isoformat()),
        (_("Customers"), str(found.customers)),
        (_("Purchases that came"), str(found.actual)),
        (_("Purchases predicted"), f"{found.predicted:.1f}"),
        (_("Error per customer: model"), f"{found.error_model:.3f}"),
        (_("Error per customer: own rate"), f"{found.error_rate:.3f}"),
        (_("Error per customer: average"), f"{found.error_mean:.3f}"),
        (_("Order of risk (0.5 is chance)"), f"{found.auc:.3f}"),
        (_("Error of chances: model"), f"{found.brier_model:.4f}"),
        (_("Error of chances: average"), f"{found.brier_base:.4f}"),
    ]


COMMANDS = (
    Command("value", N_("what each customer is worth, with every line"), _value_arguments, _value),
    Command("whatif", N_("what another retention or margin would bring"), _whatif_arguments, _whatif),
    Command("backtest", N_("how often the model was right"), _backtest_arguments, _backtest),
)
