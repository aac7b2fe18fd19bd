"""What may go wrong and is the user's to mend: every message here is written for people."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can understand and mend; its text is a translated sentence."""


class InvalidValue(UserError):
    """A value that does not fit its field: says what is wrong, then what to do."""


class NotFound(UserError):
    """A record or a file that was asked for is not there."""


class Conflict(UserError):
    """A step that would undo what somebody did since."""


class Refused(UserError):
    """A file that is not read: says which, why, and what would help."""


class StoreError(UserError):
    """The customer file cannot be used as it is: locked, damaged, full disk, newer version."""
