"""The verb that makes the demo firm."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from crmdesk.core.context import Context
from crmdesk.core.feature import Command
from crmdesk.core.i18n import N_, _, language
from crmdesk.features.demo.actions import make_demo


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=_("the same number, the same firm"))


def _run(context: Context, options: Namespace) -> int:
    store = context.store(create=True)
    made = make_demo(store, options.seed, language(), context.today())
    store.keep_up()
    sentence = _("The demo firm is ready: {customers} customers, {orders} invoices, {log} contacts.")
    context.out(sentence.format(**made))
    context.emit(dict(made))
    return 0


COMMANDS = (Command("demo", N_("make a demo firm to look around in"), _arguments, _run),)
