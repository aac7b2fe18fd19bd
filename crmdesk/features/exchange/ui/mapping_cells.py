"""How the rows of the mapping are drawn: column, samples, filled share, field, guess, what will be done."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from crmdesk.qt import icons, theme
from crmdesk.qt.delegates import TextDelegate, draw_text
from crmdesk.qt.record_table import RecordTable
from crmdesk.qt.rows import Row

BREAK = "\x1f"
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class HeadCell(TextDelegate):
    """The sign of the column and its name."""

    def reserved(self) -> int:
        """The sign and its gap."""
        return 24

    def content(self, painter: QPainter, rect: QRect, row: Row, column: int) -> None:
        """Draw sign and name."""
        now = theme.current()
        side = now.size("icon")
        box = QRectF(rect.left(), rect.top(), side, rect.height())
        icons.paint_icon(painter, box, row.cell(column).icon, "text_2")
        painter.setFont(now.font("strong"))
        painter.setPen(now.color("text_3" if row.archived else "text"))
        draw_text(painter, rect.adjusted(side + 8, 0, 0, 0), row.texts[column])


class SampleCell(TextDelegate):
    """Three samples divided by hairlines."""

    def content(self, painter: QPainter, rect: QRect, row: Row, column: int) -> None:
        """Draw the samples that fit, the last one cut."""
        now = theme.current()
        painter.setFont(now.font("small"))
        left = rect.left()
        for place, text in enumerate(row.cell(column).detail.split(BREAK)):
            if place and left < rect.right() - 24:
                painter.fillRect(left + 8, rect.center().y() - 6, 1, 13, now.color("border"))
                left += 17
            room = QRect(left, rect.top(), rect.right() - left, rect.height())
            if room.width() < 12:
                return
            painter.setPen(now.color("text_2"))
            left += draw_text(painter, room, text)


class FilledCell(TextDelegate):
    """How many rows have a value: a bar of 42 and the percent."""

    def content(self, painter: QPainter, rect: QRect, row: Row, column: int) -> None:
        """Draw bar and percent."""
        now = theme.current()
        share = row.cell(column).values[0] if row.cell(column).values else 0.0
        box = QRectF(rect.left(), rect.center().y() - 2, 42, 5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color("bg_pressed"))
        painter.drawRoundedRect(box, 2.5, 2.5)
        if share > 0:
            box.setWidth(max(3.0, 42 * share))
            painter.setBrush(now.color("accent_fill"))
            painter.drawRoundedRect(box, 2.5, 2.5)
        painter.restore()
        painter.setFont(now.font("small"))
        painter.setPen(now.color("text_2"))
        draw_text(painter, QRect(rect.left() + 44, rect.top(), 46, rect.height()), row.texts[column], _RIGHT)
        arrow = QRectF(rect.right() - 18, rect.top(), 16, rect.height())
        icons.paint_icon(painter, arrow, "arrow-right", "text_3")


class FieldCell(TextDelegate):
    """The field, painted like the chooser that stands in the current row."""

    def __init__(self, table: RecordTable) -> None:
        """Draw for the table of the mapping."""
        super().__init__(table)

    def content(self, painter: QPainter, rect: QRect, row: Row, column: int) -> None:
        """Draw frame, field and arrow."""
        now = theme.current()
        height = now.size("field")
        box = QRectF(rect.left(), rect.top() + (rect.height() - height) // 2, rect.width(), height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(now.color("bg_surface"))
        painter.setPen(QPen(now.color("border"), 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.restore()
        painter.setFont(now.font("body"))
        painter.setPen(now.color("text_3" if row.archived else "text"))
        draw_text(painter, rect.adjusted(10, 0, -28, 0), row.texts[column])
        arrow = QRectF(rect.right() - 25, rect.top(), 16, rect.height())
        icons.paint_icon(painter, arrow, "chevron-down", "text_3", 14)


class WordCell(TextDelegate):
    """A word with its own sign, such as the guess or the outcome."""

    def reserved(self) -> int:
        """The sign and its gap."""
        return 20

    def content(self, painter: QPainter, rect: QRect, row: Row, column: int) -> None:
        """Draw sign and word in one colour."""
        now = theme.current()
        cell = row.cell(column)
        if cell.icon:
            box = QRectF(rect.left(), rect.top(), 14 * now.scale, rect.height())
            icons.paint_icon(painter, box, cell.icon, cell.color, 14)
        painter.setFont(now.font("small"))
        painter.setPen(now.color(cell.color or "text_2"))
        draw_text(painter, rect.adjusted(round(18 * now.scale), 0, 0, 0), row.texts[column])


class QuietCell(TextDelegate):
    """A small sentence, cut when it is too long."""

    def content(self, painter: QPainter, rect: QRect, row: Row, column: int) -> None:
        """Draw the sentence."""
        now = theme.current()
        painter.setFont(now.font("small"))
        painter.setPen(now.color(row.cell(column).color or "text_2"))
        draw_text(painter, rect, row.texts[column])
