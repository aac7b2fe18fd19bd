"""The one entry: with a command the command line, without one the window."""

from __future__ import annotations

import sys

READ_FILE = "--crmdesk-read-file"  # a frozen program starts itself to read one file
WORKER = "--crmdesk-worker"  # a frozen program starts itself to do long work
WINDOW_OPTIONS = ("--store", "--language", "--theme", "--smoke-test")


def main() -> int:
    """Start what was asked for; returns the exit code."""
    words = sys.argv[1:]
    if words and words[0] == READ_FILE:
        from crmdesk.features.exchange.formats.worker import main as read_file

        return read_file()
    if words and words[0] == WORKER:
        from crmdesk.worker import main as work

        return work()
    if words and words[0] == "tour":
        from crmdesk.tour import main as tour

        return tour(words[1:])
    if not words or words[0] in WINDOW_OPTIONS or words[0].endswith(".crmdesk"):
        from crmdesk.desktop import main as window

        return window(words)
    from crmdesk.cli import main as command

    return command(words)


if __name__ == "__main__":
    raise SystemExit(main())
