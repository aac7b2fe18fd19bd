"""What breaks around the store: killed programs, locks, rights, full disks, broken files and deliveries."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from crmdesk.core import database, instance, journal, log, replicate, setup
from crmdesk.core.changes import Changes
from crmdesk.core.errors import NotFound, Refused, StoreError
from crmdesk.core.store import Store
from crmdesk.features.customers.records import ContactPoint, Customer

WRITER = """
import sys
from pathlib import Path
from crmdesk.core.store import Store
from crmdesk.features.customers.records import ContactPoint, Customer
path = Path(sys.argv[1])
store = Store.open(path)
number = 0
while True:
    number += 1
    with store.write("pair", "import") as session:
        ids = session.bulk_insert(Customer, [{"name": f"n{number}"} for _ in range(20)])
        session.bulk_insert(ContactPoint, [{"customer_id": one, "value": "1"} for one in ids])
    print(store.last_step(), flush=True)
"""
NOBODY = 65534
unprivileged = pytest.mark.skipif(
    sys.platform == "win32" or os.getuid() != 0, reason="rights need another user"
)


def names(store: Store) -> list[str]:
    with store.read() as session:
        return sorted(customer.name for customer in session.scalars(Customer.alive()))


def add(store: Store, name: str) -> str:
    with store.write(f"Add {name}") as session:
        customer = Customer(name=name)
        session.add(customer)
    return customer.id


def acknowledged(path: Path, seconds: float) -> int:
    """Kill a program that writes after some time; the last step it said was stored."""
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    said = [int(line) for line in process.stdout.read().split()]
    process.wait()
    process.stdout.close()
    return max(said, default=0)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
@pytest.mark.parametrize("round", range(int(os.environ.get("CRMDESK_KILLS", "3"))))
def test_a_killed_writer_loses_no_step_and_leaves_no_half_one(tmp_path: Path, round: int) -> None:
    path = tmp_path / "firm.crmdesk"
    Store.create(path).close()

    said = acknowledged(path, 0.03 * (round % 9))

    store = Store.open(path)
    with store.read() as session:
        counts = [
            session.execute(text(f"SELECT count(*) FROM {t}")).scalar() for t in ("customer", "contact_point")
        ]
        assert journal.verify(session.connection()) == []
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
    assert store.last_step() >= said
    assert counts == [store.last_step() * 20] * 2
    store.undo()
    store.close()


def test_a_lock_left_by_a_crash_is_taken_over(tmp_path: Path) -> None:
    Store.create(tmp_path / "firm.crmdesk").close()
    lock = tmp_path / ".firm.crmdesk.lock"
    lock.write_text('{"pid": 1, "host": "elsewhere", "since": "2020-01-01 10:00"}', encoding="utf-8")

    Store.open(tmp_path / "firm.crmdesk").close()

    assert not lock.exists()


def test_a_lock_whose_name_was_taken_away_is_not_the_lock(tmp_path: Path) -> None:
    first, second, third = (instance.InstanceLock(tmp_path / "firm.crmdesk") for _one in range(3))
    first.take()
    first.path.unlink()
    second.take()

    first.release()
    with pytest.raises(StoreError):
        second.path.touch()
        third.take()
        instance.InstanceLock(tmp_path / "firm.crmdesk").take()

    second.release()
    third.release()


@pytest.mark.parametrize("said", ["", "not json", "[]", "{}"])
def test_a_lock_without_a_readable_holder_still_says_so(tmp_path: Path, said: str) -> None:
    lock = instance.InstanceLock(tmp_path / "firm.crmdesk")
    lock.take()
    lock.path.write_text(said, encoding="utf-8")

    with pytest.raises(StoreError, match="another window"):
        instance.InstanceLock(tmp_path / "firm.crmdesk").take()
    lock.release()


@pytest.mark.parametrize(
    ("mounts", "refused"),
    [("server:/x {folder} nfs4 rw 0 0\n", True), ("/dev/sda {folder} ext4 rw 0 0\nshort\n", False)],
)
def test_a_network_share_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mounts: str, refused: bool
) -> None:
    table = tmp_path / "mounts"
    table.write_text(mounts.format(folder=tmp_path), encoding="utf-8")
    monkeypatch.setattr(instance, "MOUNTS", table)

    if refused:
        with pytest.raises(StoreError, match="network share"):
            Store.create(tmp_path / "firm.crmdesk")
    else:
        Store.create(tmp_path / "firm.crmdesk").close()


def test_a_share_by_its_windows_name_is_refused() -> None:
    with pytest.raises(StoreError, match="network share"):
        instance.check_place(Path("//server/share/firm.crmdesk"))


def test_where_no_mounts_are_told_no_share_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "MOUNTS", tmp_path / "none")

    instance.check_place(tmp_path / "firm.crmdesk")


def as_nobody(work: Callable[[], str]) -> str:
    """Do something as a user without rights, in a child; what it said."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.write(write, work().encode())
        except BaseException as error:
            os.write(write, f"{type(error).__name__}: {error}".encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return said


def refusal(path: Path) -> str:
    """The sentence that opening a file is refused with."""
    try:
        Store.open(path)
    except (StoreError, NotFound) as error:
        return str(error)
    return "opened"


@unprivileged
@pytest.mark.parametrize(
    ("file", "folder", "sentence"),
    [
        (0o444, 0o777, "read-only"),
        (0o000, 0o777, "no right to read"),
        (0o666, 0o555, "cannot be written"),
        (0o666, 0o000, "no file"),
    ],
)
def test_missing_rights_are_told(home: Path, file: int, folder: int, sentence: str) -> None:
    place = Path(os.path.realpath("/tmp")) / f"crmdesk-rights-{os.getpid()}-{file}-{folder}"
    place.mkdir()
    try:
        Store.create(place / "firm.crmdesk").close()
        (place / "firm.crmdesk").chmod(file)
        place.chmod(folder)

        assert sentence in as_nobody(lambda: refusal(place / "firm.crmdesk"))
    finally:
        place.chmod(stat.S_IRWXU)
        for left in place.iterdir():
            left.unlink()
        place.rmdir()


def test_a_folder_that_is_not_there_cannot_hold_a_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        Store.create(tmp_path / "nowhere" / "firm.crmdesk")


def test_a_making_that_fails_leaves_the_name_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_engine: object) -> None:
        raise OSError("stop")

    with monkeypatch.context() as patched:
        patched.setattr(setup, "make_tables", fails)
        with pytest.raises(OSError, match="stop"):
            Store.create(tmp_path / "firm.crmdesk")

    Store.create(tmp_path / "firm.crmdesk").close()
    with pytest.raises(StoreError, match="there already"):
        Store.create(tmp_path / "firm.crmdesk")


def test_a_file_whose_making_was_cut_short_is_told(tmp_path: Path) -> None:
    setup.make_file(tmp_path / "firm.crmdesk")

    with pytest.raises(StoreError, match="never finished"):
        Store.open(tmp_path / "firm.crmdesk")


@pytest.mark.parametrize("keep", [1, 4096, 4096 * 3, -1000])
def test_a_file_cut_short_is_refused_and_kept(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "firm.crmdesk"
    store = Store.create(path)
    with store.write("Import") as session:
        session.bulk_insert(Customer, [{"name": f"Customer {n}"} for n in range(500)])
    store.close()
    left = path.read_bytes()[:keep]
    path.write_bytes(left)

    with pytest.raises(StoreError):
        Store.open(path)

    assert path.read_bytes() == left


def test_an_open_that_meets_a_lock_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(database.PRAGMAS, "busy_timeout", 50)
    path = tmp_path / "firm.crmdesk"
    Store.create(path).close()
    other = database.connect(path)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match="in use"):
        Store.open(path)

    other.close()
    Store.open(path).close()


def test_figures_that_wait_for_a_locked_file_say_so(store: Store) -> None:
    add(store, "Rossi")
    with store._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '2000-01-01' WHERE name = 'figures_day'")
    with store._writer.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA busy_timeout = 50")  # type: ignore[union-attr]
        connection.rollback()
    other = database.connect(store.path)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match="in use"):
        store.keep_up()
    other.close()


@pytest.mark.parametrize("inner", ["write", "keep_up", "receive", "note_export"])
def test_nothing_that_writes_may_stand_inside_a_write(store: Store, inner: str) -> None:
    acts: dict[str, Callable[[], object]] = {
        "write": lambda: store.write("Inner").__enter__(),
        "keep_up": store.keep_up,
        "receive": lambda: store.receive([]),
        "note_export": lambda: store.note_export("x", "[]"),
    }
    with store._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '2000-01-01' WHERE name = 'figures_day'")

    with pytest.raises(RuntimeError, match="inside a write"), store.write("Outer"):
        acts[inner]()


def test_a_subscriber_that_fails_stops_neither_the_step_nor_the_others(store: Store) -> None:
    told: list[Changes] = []

    def fails(_changes: Changes) -> None:
        raise ValueError("secret")

    path = log.set_up()
    store.subscribe(fails)
    store.subscribe(told.append)

    add(store, "Rossi")
    log.shut_down()

    assert names(store) == ["Rossi"] and len(told) == 1
    written = path.read_text(encoding="utf-8")
    assert "subscriber" in written and "ValueError" in written and "secret" not in written


def test_a_reader_sees_whole_steps_only(store: Store) -> None:
    seen: set[tuple[int, int]] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            with store.read() as session:
                counts = [
                    session.execute(text(f"SELECT count(*) FROM {t}")).scalar() for t in ("customer", "tag")
                ]
                seen.add((int(counts[0] or 0), int(counts[1] or 0)))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(10):
        with store.write("Pair") as session:
            customer = Customer(name=str(number))
            session.add(customer)
            session.flush()
            from crmdesk.features.customers.records import Tag

            session.add(Tag(customer_id=customer.id, name="x"))
    done.set()
    reader.join()

    assert all(customers == tags for customers, tags in seen)


def test_a_commit_that_fails_after_it_was_stored_counts_as_stored(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.engine import Connection

    commit = Connection.commit

    def commits_and_fails(connection: Connection) -> None:
        commit(connection)
        raise OperationalError("COMMIT", {}, OSError("disk I/O error"))

    with monkeypatch.context() as patched:
        patched.setattr(Connection, "commit", commits_and_fails)
        add(store, "Rossi")
    assert names(store) == ["Rossi"]

    def fails(_connection: Connection) -> None:
        raise OperationalError("COMMIT", {}, OSError("disk I/O error"))

    with monkeypatch.context() as patched:
        patched.setattr(Connection, "commit", fails)
        with pytest.raises(StoreError, match="disk reports an error"):
            add(store, "Bianchi")
    add(store, "Verdi")
    assert names(store) == ["Rossi", "Verdi"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("database is locked", "in use"),
        ("database or disk is full", "disk is full"),
        ("attempt to write a readonly database", "cannot be written"),
        ("database disk image is malformed", "damaged"),
        ("unable to open database file", "cannot be opened"),
        ("disk I/O error", "disk reports"),
        ("NOT NULL constraint failed: consent.blocked_in_full", None),
    ],
)
def test_each_refusal_of_the_database_has_its_sentence(words: str, sentence: str | None) -> None:
    told = database.sentence(OSError(words))

    assert told is None if sentence is None else told is not None and sentence in told


def test_an_engine_that_disobeys_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    setup.make_file(tmp_path / "firm.crmdesk")
    with monkeypatch.context() as patched:
        patched.setitem(database.PRAGMAS, "page_size", 3)
        with pytest.raises(StoreError, match="page_size"):
            database.connect(tmp_path / "firm.crmdesk")
    monkeypatch.setattr(database, "SQLITE_AT_LEAST", (99, 0, 0))
    with pytest.raises(StoreError, match="too old"):
        database.connect(tmp_path / "firm.crmdesk")


def test_what_another_process_wrote_is_told(store: Store) -> None:
    add(store, "Rossi")
    other = Store.open(store.path, shared=True)
    ident = add(other, "Bianchi")
    other.close()
    told: list[Changes] = []
    store.subscribe(told.append)

    store.catch_up(1)

    assert [(changes.label, changes.touches("customer", ident)) for changes in told] == [
        ("Add Bianchi", True)
    ]


def test_a_memory_store_leaves_nothing_behind(home: Path) -> None:
    store = Store.memory()
    folder = store.path.parent
    assert folder.exists()

    store.close()

    assert not folder.exists()
    assert store.replica not in (home / "config" / "copies.json").read_text(encoding="utf-8")


def parcels(change: Callable[[replicate.Parcel], replicate.Parcel]) -> list[replicate.Parcel]:
    other = Store.memory()
    add(other, "Rossi")
    found = [change(parcel) for parcel in other.outgoing({})]
    other.close()
    return found


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda p: replicate.Parcel(p.step, tuple(c | {"new": "{}"} for c in p.changes)), "altered"),
        (lambda p: replicate.Parcel(p.step | {"label": "Other"}, p.changes), "altered"),
        (lambda p: replicate.Parcel(p.step | {"prev_hash": "0"}, p.changes), "altered"),
        (lambda p: replicate.Parcel(p.step | {"schema_ver": 99}, p.changes), "newer"),
        (lambda p: replicate.Parcel(p.step, tuple(c | {"tbl": "wish"} for c in p.changes)), "newer"),
        (lambda p: replicate.Parcel(p.step, tuple(c | {"fld": "mood"} for c in p.changes)), "newer"),
    ],
)  # fmt: skip
def test_a_delivery_that_cannot_be_trusted_is_refused_whole(
    store: Store, change: Callable[[replicate.Parcel], replicate.Parcel], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        store.receive(parcels(change))

    assert names(store) == [] and store.outgoing({}) == []


def test_a_cleaned_step_does_not_break_the_chain(store: Store) -> None:
    ident = add(store, "Rossi")
    add(store, "Bianchi")
    with store._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE chg SET new = NULL, redacted = 1 WHERE row = ?", (ident,))

    with store.read() as session:
        assert journal.verify(session.connection()) == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("DELETE FROM txn WHERE seq = 2", "step 2 is missing"),
        ("UPDATE txn SET prev_hash = 'x' WHERE seq = 2", "does not follow"),
        ("UPDATE txn SET label = 'x' WHERE seq = 2", "step 2 was altered"),
        ("DELETE FROM chg WHERE seq = 2", "step 2 was altered"),
    ],
)
def test_a_journal_somebody_changed_is_noticed(store: Store, statement: str, fault: str) -> None:
    for name in ("Rossi", "Bianchi", "Verdi"):
        add(store, name)
    with store._writer.begin() as connection:
        connection.exec_driver_sql(statement)

    with store.read() as session:
        assert any(fault in found for found in journal.verify(session.connection()))


def test_points_of_a_customer_arrive_before_it_is_trashed_elsewhere(store: Store) -> None:
    ident = add(store, "Rossi")
    other = Store.memory()
    other.receive(store.outgoing({}))
    with store.write("Trash") as session:
        session.trash(session.get_alive(Customer, ident))
    with other.write("Edit") as session:
        session.get_alive(Customer, ident).name = "Rossi srl"
        session.add(ContactPoint(customer_id=ident, value="1"))
    with store.read() as session:
        known = journal.vector(session.connection())

    assert store.receive(other.outgoing(known)).conflicts == 1

    assert names(store) == ["Rossi srl"]
    other.close()
