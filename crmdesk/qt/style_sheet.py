"""The one style sheet of the program, made from the tokens, and the small images it needs."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmdesk.qt.theme import Theme

_SURFACES = (
    "bg_sidebar",
    "bg_window",
    "bg_surface",
    "bg_sunken",
    "late_tint",
    "due_tint",
    "ok_tint",
    "info_tint",
)
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">{body}</svg>'
_BOX = '<rect x="0.5" y="0.5" width="14" height="14" rx="3.5" fill="{fill}" stroke="{line}"/>'
_TICK = (
    '<path d="M4 7.8l2.5 2.5L11 5.2" fill="none" stroke="{ink}" stroke-width="1.75"'
    ' stroke-linecap="round" stroke-linejoin="round"/>'
)
_BAR = '<path d="M4.5 7.5h6" stroke="{ink}" stroke-width="1.75" stroke-linecap="round"/>'
_DISC = '<circle cx="7.5" cy="7.5" r="7" fill="{fill}" stroke="{line}"/>'
_DOT = '<circle cx="7.5" cy="7.5" r="2.6" fill="{ink}"/>'
_DOWN = (
    '<path d="M3 4.75l3 3 3-3" fill="none" stroke="{ink}" stroke-width="1.3"'
    ' stroke-linecap="round" stroke-linejoin="round"/>'
)
_UP = _DOWN.replace("M3 4.75l3 3 3-3", "M3 7.25l3-3 3 3")
_RIGHT = _DOWN.replace("M3 4.75l3 3 3-3", "M4.75 3l3 3-3 3")


def write_images(theme: Theme, folder: str) -> str:
    """Write the check marks and arrows in the colours of a theme; returns their folder."""
    target = Path(folder) / f"{theme.name}"
    target.mkdir(parents=True, exist_ok=True)
    plain = {"fill": theme.hex("bg_surface"), "line": theme.hex("border_field"), "ink": theme.hex("text")}
    full = {
        "fill": theme.hex("accent_fill"),
        "line": theme.hex("accent_fill"),
        "ink": theme.hex("text_on_accent"),
    }
    off = {"fill": theme.hex("bg_sunken"), "line": theme.hex("border"), "ink": theme.hex("text_disabled")}
    arrow = {"ink": theme.hex("text_3")}
    marks: dict[str, tuple[str, dict[str, str], int]] = {
        "check_off": (_BOX, plain, 15),
        "check_on": (_BOX + _TICK, full, 15),
        "check_part": (_BOX + _BAR, full, 15),
        "check_dead": (_BOX, off, 15),
        "check_dead_on": (_BOX + _TICK, off, 15),
        "radio_off": (_DISC, plain, 15),
        "radio_on": (_DISC + _DOT, full, 15),
        "radio_dead": (_DISC, off, 15),
        "down": (_DOWN, arrow, 12),
        "up": (_UP, arrow, 12),
        "right": (_RIGHT, arrow, 12),
    }
    for name, (body, colors, size) in marks.items():
        text = _SVG.format(w=size, h=size, body=body.format(**colors))
        (target / f"{name}.svg").write_text(text, "utf-8")
    return target.as_posix()


def _text_rules(theme: Theme) -> str:
    lines = []
    for role, values in theme.tokens.roles.items():
        size = round(values.size * theme.scale)
        lines.append(f'QLabel[role="{role}"] {{ font-size: {size}px; font-weight: {values.weight}; }}')
    for token in theme.tokens.colors[theme.name]:
        lines.append(f'QLabel[color="{token}"] {{ color: {theme.hex(token)}; }}')
    for token in (
        "bg_sidebar",
        "bg_window",
        "bg_surface",
        "bg_sunken",
        "late_tint",
        "due_tint",
        "ok_tint",
        "info_tint",
    ):
        lines.append(f'QWidget[surface="{token}"] {{ background: {theme.hex(token)}; }}')
    return "\n".join(lines)


def build_sheet(theme: Theme, images: str) -> str:
    """The style sheet of a theme, with the folder of its images."""
    values = {name: theme.hex(name) for name in theme.tokens.colors[theme.name]}
    values["images"] = images
    values["check"] = str(theme.size("checkbox"))
    values["field"] = str(theme.size("field") - 2)
    values["field_focus"] = str(theme.size("field") - 4)
    values["tab"] = str(theme.size("tab_bar") - 2)
    values["head"] = str(theme.size("table_head") - 1)
    values["item"] = str(theme.size("control") - 8)
    return Template(_SHEET).substitute(values) + "\n" + _text_rules(theme)


_SHEET = """
QMainWindow, QWidget#page_area { background: $bg_surface; }
QDialog { background: $bg_surface; }
QToolTip { background: $bg_surface; color: $text; border: 1px solid $border; padding: 4px 6px; }
QScrollArea, QScrollArea > QWidget > QWidget#scroll_body { background: transparent; border: none; }
QFrame#hline { background: $border; border: none; max-height: 1px; min-height: 1px; }
QFrame#hline[faint="true"] { background: $border_subtle; }
QFrame#vline { background: $border; border: none; max-width: 1px; min-width: 1px; }
QFrame#panel { background: $bg_surface; border: 1px solid $border; border-radius: 8px; }
QFrame#card { background: $bg_surface; border: 1px solid $border; border-radius: 10px; }
QFrame#card[main="true"] { border: 2px solid $accent_fill; }
QFrame#dashed { background: transparent; border: 1px dashed $border_field; border-radius: 8px; }

QLineEdit, QDateEdit, QTimeEdit, QDateTimeEdit, QSpinBox, QDoubleSpinBox, QComboBox {
  background: $bg_surface; color: $text; border: 1px solid $border_field; border-radius: 6px;
  padding: 0 9px; min-height: ${field}px; selection-background-color: $select_strong; selection-color:
  $text; }
QTextEdit, QPlainTextEdit { background: $bg_surface; color: $text; border: 1px solid $border_field;
  border-radius: 6px; padding: 5px 6px; selection-background-color: $select_strong; selection-color:
  $text; }
QLineEdit:focus, QDateEdit:focus, QTimeEdit:focus, QDateTimeEdit:focus, QSpinBox:focus,
  QDoubleSpinBox:focus,
QComboBox:focus, QComboBox:on { border: 2px solid $focus; padding: 0 8px; min-height: ${field_focus}px; }
QTextEdit:focus, QPlainTextEdit:focus { border: 2px solid $focus; padding: 4px 5px; }
QLineEdit:disabled, QComboBox:disabled, QDateEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled,
QTextEdit:disabled, QPlainTextEdit:disabled { background: $bg_sunken; color: $text_disabled;
  border-color: $border; }
QLineEdit:read-only { background: $bg_sunken; border-color: $border; }
QLineEdit[invalid="true"], QComboBox[invalid="true"], QPlainTextEdit[invalid="true"] { border-color:
  $late; }
QLineEdit[bare="true"], QTextEdit[bare="true"], QPlainTextEdit[bare="true"] { background: transparent;
  border: none;
  padding: 0; min-height: 20px; }
QLineEdit[cell="true"] { border: 2px solid $focus; border-radius: 0; padding: 0 4px; min-height: 0; }
QLineEdit > QToolButton { border: none; background: transparent; margin: 0; padding: 0; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus { padding-left: 7px; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button,
QDateEdit::up-button, QDateEdit::down-button, QTimeEdit::up-button, QTimeEdit::down-button {
  border: none; width: 16px; background: transparent; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow, QDateEdit::up-arrow, QTimeEdit::up-arrow {
  image: url($images/up.svg); width: 12px; height: 12px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow, QDateEdit::down-arrow, QTimeEdit::down-arrow {
  image: url($images/down.svg); width: 12px; height: 12px; }
QComboBox { padding-right: 24px; combobox-popup: 0; }
QComboBox:focus, QComboBox:on { padding-right: 23px; }
QComboBox::drop-down { border: none; width: 24px; subcontrol-origin: border; subcontrol-position: center
  right; }
QComboBox::down-arrow { image: url($images/down.svg); width: 12px; height: 12px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit, QComboBox
  QLineEdit:focus { border: none; padding: 0; background: transparent; min-height: 20px; }
QComboBox QAbstractItemView { background: $bg_surface; color: $text; border: 1px solid $border; padding:
  3px; outline: 0;
  selection-background-color: $select; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: ${item}px; padding: 2px 6px; border-radius: 4px; }
QComboBox QAbstractItemView::item:selected { background: $select; color: $text; }

QCheckBox, QRadioButton { spacing: 8px; color: $text; padding: 2px; border: 2px solid transparent;
  border-radius: 5px; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox:disabled, QRadioButton:disabled { color: $text_disabled; }
QCheckBox::indicator, QRadioButton::indicator { width: ${check}px; height: ${check}px; }
QCheckBox::indicator:unchecked { image: url($images/check_off.svg); }
QCheckBox::indicator:checked { image: url($images/check_on.svg); }
QCheckBox::indicator:indeterminate { image: url($images/check_part.svg); }
QCheckBox::indicator:unchecked:disabled { image: url($images/check_dead.svg); }
QCheckBox::indicator:checked:disabled { image: url($images/check_dead_on.svg); }
QRadioButton::indicator:unchecked { image: url($images/radio_off.svg); }
QRadioButton::indicator:checked { image: url($images/radio_on.svg); }
QRadioButton::indicator:disabled { image: url($images/radio_dead.svg); }

QPushButton { background: $bg_surface; color: $text; border: 1px solid $border; border-radius: 6px;
  margin: 1px;
  padding: 5px 12px; }
QPushButton:hover { background: $bg_hover; }
QPushButton:pressed, QPushButton:checked { background: $bg_pressed; }
QPushButton:disabled { background: $bg_sunken; color: $text_disabled; border-color: $border_subtle; }
QPushButton[kind="primary"] { background: $accent_fill; color: $text_on_accent; border-color:
  $accent_fill; }
QPushButton[kind="primary"]:hover { background: $accent_fill_hover; border-color: $accent_fill_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_fill_pressed; border-color:
  $accent_fill_pressed; }
QPushButton[kind="primary"]:disabled { background: $bg_sunken; color: $text_disabled; border-color:
  $border_subtle; }
QPushButton[kind="ghost"], QPushButton[kind="link"] { background: transparent; border-color: transparent; }
QPushButton[kind="ghost"]:hover { background: $bg_hover; }
QPushButton[kind="ghost"]:pressed { background: $bg_pressed; }
QPushButton[kind="danger"] { color: $late; }
QPushButton[kind="danger"]:hover { background: $late_tint; }
QPushButton::menu-indicator { image: none; width: 0; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; margin: 1px;
  padding: 0; }
QToolButton:hover { background: $bg_hover; }
QToolButton:pressed, QToolButton:checked { background: $bg_pressed; }
QToolButton[bordered="true"] { background: $bg_surface; border-color: $border; }
QToolButton[bordered="true"]:hover { background: $bg_hover; }
QToolButton::menu-indicator { image: none; width: 0; }

QMenu { background: $bg_surface; border: 1px solid $border; padding: 4px; }
QMenu::item { color: $text; padding: 6px 24px 6px 10px; border-radius: 5px; margin: 0; }
QMenu::item:selected { background: $select; }
QMenu::item:disabled { color: $text_disabled; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $border; margin: 4px 4px; }
QMenu::indicator { width: 15px; height: 15px; margin-left: 8px; }
QMenu::indicator:non-exclusive:unchecked { image: url($images/check_off.svg); }
QMenu::indicator:non-exclusive:checked { image: url($images/check_on.svg); }
QMenu::indicator:exclusive:unchecked { image: url($images/radio_off.svg); }
QMenu::indicator:exclusive:checked { image: url($images/radio_on.svg); }
QMenu::right-arrow { image: url($images/right.svg); width: 12px; height: 12px; }

QTabBar { background: transparent; border: none; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $text_2; border: none; border-bottom: 2px solid transparent;
  min-height: ${tab}px; padding: 0 1px; margin-right: 18px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent; }
QTabBar::tab:disabled { color: $text_disabled; }

QSplitter::handle { background: $border; }
QSplitter::handle:hover { background: $border_field; }
QHeaderView { background: $bg_sunken; border: none; }
QHeaderView::section { background: $bg_sunken; color: $text_3; border: none; border-bottom: 1px solid
  $border;
  padding: 0 6px; min-height: ${head}px; }
QHeaderView::section:hover { color: $text; }
QTableView, QListView, QTreeView { background: $bg_surface; color: $text; border: none; outline: 0;
  gridline-color: $border_subtle;
  selection-background-color: $select; selection-color: $text; }
QTableCornerButton::section { background: $bg_sunken; border: none; }
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected { background: $select;
  color: $text; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 3px; margin: 2px; }
QScrollBar::handle:hover { background: $border_field; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QProgressBar { background: $bg_pressed; border: none; border-radius: 2px; max-height: 4px; min-height:
  4px; color: transparent; }
QProgressBar::chunk { background: $accent_fill; border-radius: 2px; }
QSlider::groove:horizontal { background: $bg_pressed; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent_fill; border-radius: 2px; }
QSlider::handle:horizontal { background: $accent_fill; width: 14px; height: 14px; margin: -5px 0;
  border-radius: 7px; }
QGroupBox { border: 1px solid $border; border-radius: 8px; margin-top: 8px; padding: 8px; }
QGroupBox::title { subcontrol-origin: margin; left: 8px; padding: 0 4px; color: $text_3; }
QCalendarWidget QToolButton { color: $text; padding: 4px 8px; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $bg_sunken; }

QFrame#band { border: none; border-radius: 6px; }
QFrame#band[kind="late"] { background: $late_tint; }
QFrame#band[kind="due"] { background: $due_tint; }
QFrame#band[kind="ok"] { background: $ok_tint; }
QFrame#band[kind="info"] { background: $info_tint; }
QFrame#band[kind="work"] { background: $bg_sunken; }
QFrame#sidebar, QFrame#status_bar { background: $bg_sidebar; border: none; }
QFrame#sidebar { border-right: 1px solid $border; }
QFrame#status_bar { border-top: 1px solid $border; }
QFrame#sidebar QListView { background: transparent; }
QFrame#side_foot { border: none; border-top: 1px solid $border; }
QFrame#segments { border: 1px solid $border; border-radius: 6px; background: $bg_sunken; }
QFrame#figures { background: $bg_sunken; border: none; border-top: 1px solid $border_subtle;
  border-bottom: 1px solid $border_subtle; }
"""
