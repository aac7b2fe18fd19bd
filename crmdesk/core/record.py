"""The base of every stored record, and the column helper that carries label and kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, ClassVar, Self

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    Select,
    String,
    Table,
    select,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column
from sqlalchemy.types import TypeEngine

from crmdesk.core.fields import Choice, Field
from crmdesk.core.i18n import N_
from crmdesk.core.ids import ID_LENGTH, uuid7
from crmdesk.core.kinds import Kind

ALIVE, TRASHED, UNDONE = 0, 1, 2

_TYPES: dict[Kind, TypeEngine[Any]] = {
    Kind.MONEY: BigInteger(),
    Kind.DATE: Date(),
    Kind.DATETIME: DateTime(),
    Kind.FLAG: Boolean(),
    Kind.NUMBER: Float(),
    Kind.PERCENT: Float(),
}

LOCAL_COLUMNS = frozenset({"id", "created", "changed"})


class Record(DeclarativeBase):
    """A row with identity: id, when it was made and last changed, and whether it is in the trash."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, sort_order=-10)
    created: Mapped[datetime] = mapped_column(DateTime, sort_order=90)
    changed: Mapped[datetime] = mapped_column(DateTime, sort_order=91)
    deleted: Mapped[int] = mapped_column(Integer, default=ALIVE, sort_order=92)

    title: ClassVar[str] = N_("Record")

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for column in cls.__table__.columns:
            said = column.info.get("field")
            if isinstance(said, Field):
                column.info["field"] = replace(said, name=column.key, table=cls.__tablename__)

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", uuid7())
        values.setdefault("deleted", ALIVE)
        for name, value in values.items():
            if name not in type(self).__table__.columns:
                raise TypeError(f"{type(self).__name__} has no column {name}")
            setattr(self, name, value)

    @classmethod
    def fields(cls) -> tuple[Field, ...]:
        """The fields people see, in the order they were declared."""
        return tuple(
            column.info["field"]
            for column in cls.__table__.columns
            if isinstance(column.info.get("field"), Field)
        )

    @classmethod
    def field(cls, name: str) -> Field:
        """One field by its column name; KeyError where there is none."""
        found: Field = cls.__table__.columns[name].info["field"]
        return found

    @classmethod
    def owners(cls, ids: list[str]) -> Select[str] | None:
        """The customers that the given rows say something about; None where it is none."""
        column = cls.__table__.columns.get("customer_id")
        if column is None:
            return None
        return select(column).where(cls.id.in_(ids), column.is_not(None))

    @classmethod
    def alive(cls) -> Select[Self]:
        """All records of this sort that are neither in the trash nor undone."""
        return select(cls).where(cls.deleted == ALIVE)


def field(
    kind: Kind,
    label: str,
    *,
    choices: tuple[Choice, ...] = (),
    synonyms: str = "",
    **options: Any,
) -> MappedColumn[Any]:
    """A column with its meaning for people.

    `synonyms` are import headings parted by `|`; options are `personal`, `search`, `listed`, and whatever
    `mapped_column` takes. Money is stored as integer minor units, choices by key, texts never as NULL
    unless nothing was said.
    """
    said = {name: options.pop(name) for name in ("personal", "search", "listed") if name in options}
    info = Field(
        name="",
        label=label,
        kind=kind,
        choices=choices,
        synonyms=tuple(word for word in synonyms.split("|") if word),
        **said,
    )
    column_type = _TYPES.get(kind, String())
    return mapped_column(column_type, info={"field": info}, **options)


def link(target: str, **options: Any) -> MappedColumn[Any]:
    """A reference to another record by id, `table.id`."""
    options.setdefault("index", True)
    return mapped_column(String(ID_LENGTH), ForeignKey(target), **options)


def table_of(record: type[Record]) -> Table:
    """The table of a record class."""
    table = record.__table__
    assert isinstance(table, Table)
    return table


def journalled(record: type[Record]) -> tuple[str, ...]:
    """The columns that the journal carries: all but identity, clock columns and the tombstone."""
    return tuple(
        column.key
        for column in record.__table__.columns
        if column.key not in LOCAL_COLUMNS and column.key != "deleted"
    )


def plain(value: Any) -> Any:
    """A stored value in its JSON form: dates as ISO text, all else as it is."""
    return value.isoformat() if isinstance(value, date) else value


def revive(column: Column[Any], value: Any) -> Any:
    """The stored value out of its JSON form, by the type of its column."""
    if isinstance(value, str) and isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(column.type, Date):
        return date.fromisoformat(value)
    return value
