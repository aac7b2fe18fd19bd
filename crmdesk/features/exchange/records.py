"""What is remembered of each import."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy.orm import Mapped

from crmdesk.core.i18n import N_
from crmdesk.core.kinds import Kind
from crmdesk.core.record import Record, field


class ImportRun(Record):
    """One file that was imported; written in the same step as its rows, so that undo takes it back too."""

    __tablename__ = "import_run"
    title: ClassVar[str] = N_("Import")

    file: Mapped[str] = field(Kind.TEXT, N_("File"), nullable=False, default="")
    fingerprint: Mapped[str | None] = field(Kind.TEXT, N_("Fingerprint"), index=True, listed=False)
    at: Mapped[datetime] = field(Kind.DATETIME, N_("When"), nullable=False)
    counts: Mapped[str | None] = field(Kind.LONG_TEXT, N_("Counts"), listed=False)
    refused: Mapped[float | None] = field(Kind.NUMBER, N_("Refused rows"))
