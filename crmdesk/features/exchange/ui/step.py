"""What every step of the wizard is: a page that says whether one may go on, and why not."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.features.exchange.ui.bench import Bench
from crmdesk.features.exchange.ui.intake import Intake, IntakeFile, IntakeSheet
from crmdesk.qt.widgets import TabBar


class Step(QWidget):
    """One step; `changed` tells the frame to read head and foot anew."""

    title: ClassVar[str] = ""
    changed = Signal()

    def __init__(self, bench: Bench) -> None:
        """Take what all steps share; the child class then builds its widgets."""
        super().__init__()
        self.bench = bench
        self.setProperty("surface", "bg_surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    @property
    def intake(self) -> Intake:
        """What was chosen so far."""
        return self.bench.intake

    def enter(self) -> None:
        """Show what was chosen, each time the step is come to."""

    def blocked(self) -> str:
        """Why one cannot go on; nothing when one can."""
        return ""

    def note(self) -> tuple[str, str]:
        """What stands in the foot: a quiet text, and a part that wants a look."""
        return "", ""

    def act(self) -> str:
        """The word on the button that goes on; nothing for the name of the next step."""
        return ""

    def edited(self) -> None:
        """Something that the plan depends on was changed."""
        self.intake.changed()
        self.changed.emit()


class SheetTabs(TabBar):
    """Tabs to choose one of several sheets; hidden while there is only one."""

    chosen = Signal()

    def __init__(self, name: str) -> None:
        """Start without sheets."""
        super().__init__(name)
        self._sheets: list[tuple[IntakeFile, IntakeSheet]] = []
        self.currentChanged.connect(lambda _at: self.chosen.emit())

    def show_sheets(self, intake: Intake) -> None:
        """Offer the ticked sheets, keeping the chosen one."""
        before = self.sheet()
        self._sheets = intake.sheets()
        self.blockSignals(True)
        while self.count():
            self.removeTab(0)
        for place, pair in enumerate(self._sheets):
            self.addTab(intake.title(pair))
            self.set_count(place, pair[1].to_check())
        kept = [place for place, pair in enumerate(self._sheets) if before and pair[1] is before[1]]
        self.setCurrentIndex(kept[0] if kept else 0)
        self.blockSignals(False)
        self.setVisible(len(self._sheets) > 1)

    def sheet(self) -> tuple[IntakeFile, IntakeSheet] | None:
        """The sheet that is chosen."""
        place = self.currentIndex()
        return self._sheets[place] if 0 <= place < len(self._sheets) else None
