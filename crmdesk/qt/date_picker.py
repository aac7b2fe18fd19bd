"""A month to choose a day from, in the colours of the theme and the words of the language."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from crmdesk.core.i18n import Region, _, language
from crmdesk.qt import icons, theme


class DatePicker(QCalendarWidget):
    """Qt's calendar without its own reds and arrows."""

    def __init__(self, region: Region, day: date | None = None, parent: QWidget | None = None) -> None:
        """Show the month of a day, or this one."""
        super().__init__(parent)
        self.setAccessibleName(_("Choose a date"))
        self.setLocale(QLocale(language()))
        self.setFirstDayOfWeek(Qt.DayOfWeek(region.first_weekday + 1))
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        if day is not None:
            self.setSelectedDate(QDate(day.year, day.month, day.day))
        self._dress()

    def _dress(self) -> None:
        now = theme.current()
        plain, quiet = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(now.color("text"))
        quiet.setForeground(now.color("text_3"))
        quiet.setBackground(now.color("bg_sunken"))
        for weekday in Qt.DayOfWeek:
            self.setWeekdayTextFormat(weekday, plain)
        self.setHeaderTextFormat(quiet)
        for name, icon, text in (
            ("qt_calendar_prevmonth", "chevron-left", _("Previous month")),
            ("qt_calendar_nextmonth", "chevron-right", _("Next month")),
        ):
            button = self.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(icons.icon(icon))
                button.setAccessibleName(text)
                button.setToolTip(text)

    def chosen(self) -> date:
        """The day that is chosen."""
        day = self.selectedDate()
        return date(day.year(), day.month(), day.day())
