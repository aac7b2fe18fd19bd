"""The four cluster shapes: diamond, triangle, disc and ring, told apart without colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from crmdesk.core.i18n import N_, _
from crmdesk.qt import theme

CLUSTERS = ("key", "develop", "maintenance", "marginal")
CLUSTER_LABELS = (
    ("key", N_("Key")),
    ("develop", N_("To develop")),
    ("maintenance", N_("Maintenance")),
    ("marginal", N_("Marginal")),
)


def cluster_token(cluster: str) -> str:
    """The colour token of a cluster; `maintenance` and `maintain` mean the same."""
    return "maintain" if cluster in ("maintenance", "maintain") else cluster


def cluster_label(cluster: str) -> str:
    """The name of a cluster in the language of the screen."""
    for key, text in CLUSTER_LABELS:
        if cluster_token(key) == cluster_token(cluster):
            return _(text)
    return ""


def paint_glyph(painter: QPainter, rect: QRectF, cluster: str) -> None:
    """Draw the shape of a cluster centred in a box; an unknown cluster draws nothing."""
    token = cluster_token(cluster)
    if token not in ("key", "develop", "maintain", "marginal"):
        return
    radius = min(rect.width(), rect.height()) * 0.4
    center = rect.center()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if token == "marginal":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.current().color("marginal_mark"), radius * 0.36))
        painter.drawEllipse(center, radius * 0.78, radius * 0.78)
        painter.restore()
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.current().color(token))
    if token == "maintain":
        painter.drawEllipse(center, radius * 0.95, radius * 0.95)
    else:
        painter.drawPolygon(_polygon(token, center, radius))
    painter.restore()


def _polygon(token: str, center: QPointF, radius: float) -> QPolygonF:
    x, y = center.x(), center.y()
    if token == "key":
        half = radius * 1.18
        points = [QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half), QPointF(x - half, y)]
    else:
        side = radius * 1.08
        points = [
            QPointF(x, y - side),
            QPointF(x + side, y + side * 0.82),
            QPointF(x - side, y + side * 0.82),
        ]
    return QPolygonF(points)


class Glyph(QWidget):
    """A cluster shape on its own, named for those who cannot see it."""

    def __init__(self, cluster: str, size: int = 12, parent: QWidget | None = None) -> None:
        """Show the shape of a cluster in a box of the given size."""
        super().__init__(parent)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_cluster(cluster)

    def set_cluster(self, cluster: str) -> None:
        """Show another cluster."""
        self._cluster = cluster
        self.setAccessibleName(cluster_label(cluster))
        self.update()

    def sizeHint(self) -> QSize:
        """The box of the shape."""
        side = round(self._size * theme.current().scale)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape."""
        painter = QPainter(self)
        paint_glyph(painter, QRectF(self.rect()), self._cluster)


class ClusterBadge(QWidget):
    """A cluster as a tinted label of 22: shape and word."""

    def __init__(self, cluster: str = "", parent: QWidget | None = None) -> None:
        """Show a cluster; an empty one hides the badge."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.signals.changed.connect(self.updateGeometry)
        self.set_cluster(cluster)

    def set_cluster(self, cluster: str) -> None:
        """Show another cluster."""
        self._cluster = cluster
        self._text = cluster_label(cluster)
        self.setAccessibleName(self._text)
        if self.parentWidget() is not None or not self._text:
            self.setVisible(bool(self._text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for shape and word."""
        now = theme.current()
        self.setFont(now.font("small_strong"))
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 29, now.size("badge"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw tint, shape and word."""
        now = theme.current()
        token = cluster_token(self._cluster)
        if not self._text:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color(f"{token}_tint"))
        painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        paint_glyph(painter, QRectF(7, (self.height() - 10) / 2, 10, 10), token)
        painter.setPen(now.color(token))
        painter.setFont(now.font("small_strong"))
        painter.drawText(self.rect().adjusted(21, 0, -6, 0), Qt.AlignmentFlag.AlignVCenter, self._text)
