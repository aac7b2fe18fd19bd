"""Several figures out of one question: an answer is kept while nothing changes under it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from sqlalchemy.orm import Session

from crmdesk.core.kept import Ids

PLACE = "one_answer"
T = TypeVar("T")


def once(session: Session, key: Hashable, ids: Ids, ask: Callable[[], T]) -> T:
    """The answer to a question about some customers, asked again only after a change on this connection.

    A read session sees one state of the file throughout, and a writing one counts its changes, so an answer
    can never be out of date. Only the last answer is kept, so `key` begins with the name of the slice.
    """
    session.flush()
    changes = session.connection().exec_driver_sql("SELECT total_changes()").scalar_one()
    stamp = (key, changes, None if ids is None else frozenset(ids))
    kept = session.info.get(PLACE)
    if kept is not None and kept[0] == stamp:
        answer: T = kept[1]
        return answer
    answer = ask()
    session.info[PLACE] = (stamp, answer)
    return answer
