"""The log: what happened, with ids, counts and durations, never with the contents of a record."""

from __future__ import annotations

import logging
import platform
import re
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

import crmdesk
from crmdesk.core import paths

LOGGER = "crmdesk"
FILE_NAME = "crmdesk.log"
_LARGEST = 1_000_000
_KEPT_FILES = 3
_KEPT_REPORTS = 20
_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_IDENTIFIER = re.compile(r"[0-9a-f]{32}|[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LONGEST = 40
_PARTS = ("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "pyqtgraph", "openpyxl", "python-calamine")

Count = int | float | bool | str


class PlainFormatter(logging.Formatter):
    """Writes our own events in full, and of all other messages only the place they came from."""

    def format(self, record: logging.LogRecord) -> str:
        """One line for a record; texts and arguments of others are left out, as they may name people."""
        moment = datetime.fromtimestamp(record.created).isoformat(timespec="milliseconds")
        counts = getattr(record, "counts", None)
        if isinstance(counts, dict) and record.name == LOGGER:
            words = [str(record.msg), *(f"{name}={_written(value)}" for name, value in counts.items())]
        else:
            words = [f"{record.name}:{_short_path(record.pathname)}:{record.lineno}"]
        error = record.exc_info[1] if record.exc_info else None
        lines = [f"{moment} {record.levelname} {' '.join(words)}"]
        return "\n".join(lines + [f"  {line}" for line in error_lines(error)])


def set_up(folder: Path | None = None, level: int = logging.INFO) -> Path:
    """Begin to log into a file that is kept small; gives back its path."""
    where = folder or paths.logs()
    where.mkdir(parents=True, exist_ok=True)
    path = where / FILE_NAME
    path.touch(mode=0o600)
    shut_down()
    handler = RotatingFileHandler(path, maxBytes=_LARGEST, backupCount=_KEPT_FILES, encoding="utf-8")
    handler.setFormatter(PlainFormatter())
    handler.set_name(FILE_NAME)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger(LOGGER).setLevel(level)
    return path


def shut_down() -> None:
    """Close the log file."""
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if handler.get_name() == FILE_NAME]:
        root.removeHandler(handler)
        handler.close()


def event(name: str, /, **counts: Count) -> None:
    """Note that something happened; only numbers, ids and fixed words may go with it."""
    _record(logging.INFO, name, counts)


def failure(name: str, error: BaseException, /, **counts: Count) -> None:
    """Note that something failed: the kinds of error and the places in the code, not their words."""
    _record(logging.ERROR, name, counts, error)


@contextmanager
def timed(name: str, /, **counts: Count) -> Iterator[None]:
    """Note how long a piece of work took."""
    start = time.perf_counter()
    yield
    event(name, seconds=time.perf_counter() - start, **counts)


def error_lines(error: BaseException | None) -> list[str]:
    """An error and its causes as kinds and code places, without any of their words."""
    lines: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        for frame in traceback.extract_tb(error.__traceback__):
            lines.append(f"  {_short_path(frame.filename)}:{frame.lineno} {frame.name}")
        if isinstance(error, BaseExceptionGroup):
            for part in error.exceptions:
                lines.extend(f"  | {line}" for line in error_lines(part))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines


def crash_report(error: BaseException, folder: Path | None = None) -> Path:
    """Write what the developers need to mend a crash, and nothing about any customer."""
    where = folder or paths.logs()
    where.mkdir(parents=True, exist_ok=True)
    moment = datetime.now()
    lines = [
        f"crmdesk {crmdesk.__version__}",
        f"time {moment.isoformat(timespec='seconds')}",
        f"python {platform.python_version()} {platform.system()} {platform.release()} {platform.machine()}",
        *(f"{part} {_version(part)}" for part in _PARTS),
        f"frozen {bool(getattr(sys, 'frozen', False))}",
        "",
        *error_lines(error),
    ]
    path = where / f"crash-{moment:%Y%m%d-%H%M%S-%f}.txt"
    path.touch(mode=0o600)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for old in sorted(where.glob("crash-*.txt"))[:-_KEPT_REPORTS]:
        old.unlink(missing_ok=True)
    return path


def _record(level: int, name: str, counts: dict[str, Count], error: BaseException | None = None) -> None:
    if (
        len(name) > _LONGEST
        or not _NAME.fullmatch(name)
        or not all(_allowed(value) for value in counts.values())
    ):
        raise ValueError("A log event takes a fixed name, numbers, ids and fixed words only.")
    logging.getLogger(LOGGER).log(level, name, extra={"counts": counts}, exc_info=error)


def _allowed(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= _LONGEST and _IDENTIFIER.fullmatch(value) is not None
    return isinstance(value, (int, float))


def _written(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _short_path(filename: str) -> str:
    """The code place without the folders above it, which name the owner of the computer."""
    parts = Path(filename).parts
    for top in ("site-packages", "crmdesk"):
        if top in parts:
            last = len(parts) - 1 - parts[::-1].index(top)
            return "/".join(parts[last + (top == "site-packages") :])
    return parts[-1] if parts else "?"


def _version(part: str) -> str:
    from importlib import metadata  # it costs a tenth of a start, and only a crash needs it

    try:
        return metadata.version(part)
    except metadata.PackageNotFoundError:
        return "not installed"
