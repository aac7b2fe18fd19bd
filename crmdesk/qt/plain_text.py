"""Text of the owner shown exactly as it was typed: never as markup, never as a key to press."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt


def tip_text(text: str) -> str:
    """A text for a tool tip: what Qt would take for markup is escaped, all else stays as it is."""
    if not Qt.mightBeRichText(text):
        return text
    return f"<p style='white-space:pre-wrap'>{escape(text)}</p>"


def menu_text(text: str) -> str:
    """A text for a menu: an ampersand in a name stays an ampersand."""
    return text.replace("&", "&&")
