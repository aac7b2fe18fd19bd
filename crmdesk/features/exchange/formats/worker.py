"""The child process that reads one file: whatever the file does to it, the window lives on."""

from __future__ import annotations

import hashlib
import json
import pickle
import sys
from pathlib import Path
from typing import BinaryIO

from crmdesk.core.i18n import N_
from crmdesk.features.exchange.formats import guard, registry
from crmdesk.features.exchange.formats.model import Request, Sink, Unreadable

if sys.platform != "win32":
    import resource

FLAG = "--crmdesk-read-file"


def limit_memory(size: int) -> None:
    """Bound the memory of this process where the system can do that."""
    if sys.platform == "win32":
        return
    for kind, most in ((resource.RLIMIT_AS, size), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            continue


def read_into(request: Request, sink: Sink) -> None:
    """Find out what the file is, guard it, and read it into the sink."""
    kind = guard.kind_of(request.path)
    digest = hashlib.sha256()
    with request.path.open("rb") as source:
        while chunk := source.read(1 << 20):
            digest.update(chunk)
    sink.send(("file", kind, digest.hexdigest()))
    registry.format_of(kind).read(request, sink)
    for (sheet, note), count in sink.left_out().items():
        sink.send(("more", sheet, note, count))


def serve(options: dict[str, str], out: BinaryIO) -> None:
    """Read the file that is asked for and write it to `out`, block by block."""

    def send(message: tuple[object, ...]) -> None:
        """Write one message, its length first."""
        block = pickle.dumps(message, protocol=5)
        out.write(len(block).to_bytes(4, "big"))
        out.write(block)
        out.flush()

    request = Request(
        Path(options["path"]), options["region"], options.get("encoding", ""), options.get("delimiter", "")
    )
    sink = Sink(send)
    try:
        read_into(request, sink)
    except Unreadable as problem:
        send(("refused", problem.message, problem.params))
    except MemoryError:
        send(
            (
                "refused",
                N_("{file} needs too much memory. Split it into smaller files."),
                {"file": request.path.name},
            )
        )
    except OSError as problem:
        reason = problem.strerror or "?"
        send(
            ("refused", N_("{file} cannot be read: {reason}."), {"file": request.path.name, "reason": reason})
        )
    else:
        send(("done",))


def main() -> int:
    """Serve one request given as JSON on standard input."""
    options = json.loads(sys.stdin.buffer.readline())
    limit_memory(int(options["memory"]))
    out = sys.stdout.buffer
    sys.stdout = sys.stderr
    serve(options, out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
