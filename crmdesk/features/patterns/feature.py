"""What the patterns bring: mathematics for other slices, no records and no figures of their own."""

from __future__ import annotations

from crmdesk.core.feature import Feature

feature = Feature(name="patterns", needs=("models",))
