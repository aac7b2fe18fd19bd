"""One program at a time on a customer file, and no live file where it would come to harm."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import sys
from datetime import datetime
from pathlib import Path

from crmdesk.core.errors import StoreError
from crmdesk.core.i18n import _

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

MOUNTS = Path("/proc/mounts")
LOCKED_BYTE = 1 << 20  # behind the text, which others may read
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
        self._handle: int | None = None

    def take(self) -> None:
        """Take the lock; StoreError names the program that has it. A lock left by a crash is taken over."""
        said = {"pid": os.getpid(), "host": platform.node(), "since": f"{datetime.now():%Y-%m-%d %H:%M}"}
        while self._handle is None:
            handle = self._opened()
            try:
                _lock(handle)
            except OSError as error:
                told = _("The file is open in crmdesk already ({holder}). Close it there, then try again.")
                holder = _holder(os.read(handle, 1000))
                os.close(handle)
                raise StoreError(told.format(holder=holder)) from error
            if self._is_current(handle):
                self._handle = handle
            else:
                os.close(handle)  # its holder let go and took the name away meanwhile
        os.ftruncate(self._handle, 0)
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, json.dumps(said).encode())

    def _opened(self) -> int:
        try:
            return os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreError(
                _("The folder {folder} cannot be written. Copy the file to your own folder.").format(
                    folder=self.path.parent
                )
            ) from error

    def _is_current(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), self.path.stat())
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Give the lock back."""
        if self._handle is not None:
            with contextlib.suppress(OSError):  # Windows keeps the name of a file that is open
                self.path.unlink()
            os.close(self._handle)
            self._handle = None


def _holder(text: bytes) -> str:
    try:
        said = json.loads(text)
        return _("since {when} on {host}").format(when=said["since"], host=said["host"])
    except (ValueError, KeyError, TypeError):
        return _("another window")


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        os.lseek(handle, LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


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
    if not MOUNTS.exists():
        return ""
    best, found = "", ""
    for line in MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.split()
        if len(parts) > 2 and path.is_relative_to(parts[1]) and len(parts[1]) >= len(best):
            best, found = parts[1], parts[2]
    return found
