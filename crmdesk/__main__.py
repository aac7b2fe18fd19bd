"""The one entry: with a command the command line, without one the window."""

from __future__ import annotations

import sys

WINDOW_OPTIONS = ("--store", "--language", "--theme", "--smoke-test")


def main() -> int:
    """Start what was asked for; returns the exit code."""
    words = sys.argv[1:]
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
