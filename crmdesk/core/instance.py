"""One program at a time on a customer file, and no live file where it would come to harm."""

from __future__ import annotations

import json
import os
import platform
import sys
from datetime import datetime
from pathlib import Path
from typing import IO

from crmdesk.core.errors import StoreError
from crmdesk.core.i18n import _

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

SYNC_FOLDERS = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud",
    "mobile documents",
    "nextcloud",
)
NETWORK_TYPES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "fuse.sshfs", "davfs", "9p", "afs"}
)


class InstanceLock:
    """The right to write to one customer file, held by the operating system until released."""

    def __init__(self, store: Path) -> None:
        self.path = store.with_name(f".{store.name}.lock")
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take the lock; StoreError names the program that has it. A lock left by a crash is taken over."""
        file = self.path.open("a+", encoding="utf-8")
        try:
            _lock(file)
        except OSError as error:
            file.seek(0)
            holder = _holder(file.read())
            file.close()
            raise StoreError(
                _("The file is open in crmdesk already ({holder}). Close it there, then try again.").format(
                    holder=holder
                )
            ) from error
        file.seek(0)
        file.truncate()
        file.write(
            json.dumps(
                {"pid": os.getpid(), "host": platform.node(), "since": f"{datetime.now():%Y-%m-%d %H:%M}"}
            )
        )
        file.flush()
        self._file = file

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self.path.unlink(missing_ok=True)


def _holder(text: str) -> str:
    try:
        said = json.loads(text)
        return _("since {when} on {host}").format(when=said["since"], host=said["host"])
    except (ValueError, KeyError, TypeError):
        return _("another window")


def _lock(file: IO[str]) -> None:
    if sys.platform == "win32":
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def check_place(path: Path) -> None:
    """Refuse a network share or a sync folder: both break a live database file."""
    text = str(path)
    for part in path.parts:
        if any(part.lower().startswith(name) for name in SYNC_FOLDERS):
            raise StoreError(
                _(
                    "The folder {folder} is synchronised, which can damage a file in use. Choose another."
                ).format(folder=part)
            )
    if text.startswith(("\\\\", "//")) or _file_system(path) in NETWORK_TYPES:
        raise StoreError(
            _("The file lies on a network share, which can damage it. Copy it to this computer first.")
        )


def _file_system(path: Path) -> str:
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    best, found = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.split()
        if len(parts) > 2 and path.is_relative_to(parts[1]) and len(parts[1]) >= len(best):
            best, found = parts[1], parts[2]
    return found
