"""Identities: UUIDv7 as 32 hexadecimal digits, so that ids made later sort later."""

from __future__ import annotations

import secrets
import time

ID_LENGTH = 32


def uuid7(milliseconds: int | None = None) -> str:
    """A new identity (RFC 9562, version 7) for the given moment, now where none is given."""
    ms = int(time.time() * 1000) if milliseconds is None else milliseconds
    tail = secrets.randbits(74)
    value = (ms & 0xFFFFFFFFFFFF) << 80 | 0x7 << 76 | (tail >> 62) << 64 | 0b10 << 62 | tail & (1 << 62) - 1
    return f"{value:032x}"


def uuid7s(count: int) -> list[str]:
    """Many new identities at once, in ascending order, for bulk writes."""
    start = int(time.time() * 1000) << 80 | 0x7 << 76 | 0b10 << 62
    step = 1 << 64
    base = start | secrets.randbits(62)
    return [f"{base + (index // 4096 << 80) + (index % 4096) * step:032x}" for index in range(count)]


def replica_id() -> str:
    """A new identity for a copy of the store: 64 random bits as 16 hexadecimal digits."""
    return secrets.token_hex(8)
