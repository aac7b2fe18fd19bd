"""The command line: everything the program does without a window. It never imports Qt."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from crmdesk import __version__
from crmdesk.core import i18n, log, paths
from crmdesk.core.commands import COMMANDS
from crmdesk.core.context import Context
from crmdesk.core.errors import UserError
from crmdesk.core.feature import Command, load
from crmdesk.core.i18n import _
from crmdesk.core.settings import Settings
from crmdesk.core.settings import load as load_settings
from crmdesk.features import SLICES

DONE, REFUSED, FAULT = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 done, 1 refused, 2 our fault, 3 done but some rows were refused."""
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stderr.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        settings = load_settings(paths.settings_file()).settings
        log.set_up()
    except OSError as error:
        return _refuse(sys.stderr, _no_folder(error))
    i18n.install(_language(given, settings))
    features = load(SLICES)
    options = _parser([*COMMANDS, *features.commands()]).parse_args(given)
    context = Context(features, settings, options.store, options.json, sys.stdout, sys.stderr)
    return _run(context, options)


def _run(context: Context, options: argparse.Namespace) -> int:
    command: Command = options.command
    try:
        with log.timed("command", verb=command.name):
            code = command.run(context, options)
        context.flush()
        return code
    except UserError as error:
        return _refuse(context.errors, str(error))
    except KeyboardInterrupt:
        return _refuse(context.errors, _("Stopped. Nothing was written."))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        report = log.crash_report(error)
        print(
            _("Something went wrong in crmdesk. A report is in {path}.").format(path=report),
            file=context.errors,
        )
        return FAULT
    finally:
        context.close()


def _no_folder(error: OSError) -> str:
    return _("The folder {folder} cannot be written. Check its rights.").format(folder=error.filename)


def _refuse(errors: TextIO, sentence: str) -> int:
    print(" ".join(sentence.split()), file=errors)
    return REFUSED


def _language(given: Sequence[str], settings: Settings) -> str:
    for index, word in enumerate(given):
        if word == "--language" and index + 1 < len(given):
            return given[index + 1]
        if word.startswith("--language="):
            return word.partition("=")[2]
    return settings.used_language()


class _Parser(argparse.ArgumentParser):
    """A parser that refuses with one sentence and our exit code."""

    def error(self, message: str) -> Any:
        """Say in one line what is wrong with the words given, and end."""
        print(f"{self.prog}: {message}", file=sys.stderr)
        raise SystemExit(REFUSED)


def _parser(commands: Sequence[Command]) -> argparse.ArgumentParser:
    parser = _Parser(prog="crmdesk", description=_("A CRM for the owner of a small firm, in one file."))
    parser.add_argument("--version", action="version", version=f"crmdesk {__version__}")
    verbs = parser.add_subparsers(metavar=_("COMMAND"), required=True, parser_class=_Parser)
    for command in commands:
        verb = verbs.add_parser(command.name, help=_(command.help), description=_(command.help))
        verb.add_argument("--store", type=Path, metavar="FILE", help=_("the customer file"))
        verb.add_argument("--json", action="store_true", help=_("print one JSON object"))
        verb.add_argument("--language", choices=sorted(i18n.LANGUAGES), help=_("the language of the words"))
        command.arguments(verb)
        verb.set_defaults(command=command)
    return parser
