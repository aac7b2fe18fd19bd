"""The second process of the window: it does long work on the customer file and knows no Qt."""

from __future__ import annotations

import os
import sys

from crmdesk.core import away, log
from crmdesk.core.feature import load
from crmdesk.features import SLICES

_MODESTY = 3


def main() -> int:
    """Serve the window that started this process."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    if hasattr(os, "nice"):
        os.nice(_MODESTY)  # the window comes first
    log.set_up()
    away.serve(load(SLICES), source, target)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
