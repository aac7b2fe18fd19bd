"""What the owner does with contacts on screen: one write each, told with Undo."""

from __future__ import annotations

from collections.abc import Callable

from crmdesk.core import dates
from crmdesk.core.errors import UserError
from crmdesk.core.i18n import _
from crmdesk.core.write import Write
from crmdesk.features.timeline import actions, queries, rules
from crmdesk.features.timeline.actions import Contact, Plan
from crmdesk.features.timeline.ui.composer import Composer
from crmdesk.qt.desk import Desk


def step(desk: Desk, label: str, act: Callable[[Write], object]) -> bool:
    """Do one thing as one undo step and say so; False when it could not be done."""
    try:
        with desk.store.write(label) as session:
            act(session)
    except UserError as error:
        desk.fail(error)
        return False
    desk.tell(label, undo=True)
    return True


def name_of(desk: Desk, customer: str) -> str:
    """What a customer is called."""
    with desk.store.read() as session:
        return queries.customer_name(session, customer)


def save(desk: Desk, customer: str, composer: Composer) -> bool:
    """Store what the composer says: a contact, with its next step where there is one, or a plan."""
    said, channel, name = composer.said, composer.channel, name_of(desk, customer)
    planned = said.planned_at()
    if not composer.logs and planned is not None:
        plan = Plan(customer, channel, planned, wording_of(said.next_step, said.text), said.people)
        return step(desk, actions.planned_label(name), lambda session: actions.plan_contact(session, plan))
    contact = Contact(
        customer=customer,
        channel=channel,
        at=composer.moment(),
        text=said.text,
        direction=said.direction,
        minutes=said.minutes,
        outcome=said.outcome,
        mood=said.mood,
        people=said.people,
    )
    return step(
        desk,
        actions.logged_label(channel, name),
        lambda session: actions.log_contact(session, contact, said.next_step, planned),
    )


def wording_of(step_text: str, text: str) -> str:
    """The words of a plan: the whole line where nothing was parted from it."""
    return text[:1].upper() + text[1:] if len(text) > len(step_text) else step_text


def tick(desk: Desk, customer: str, contact: str) -> bool:
    """A planned contact is done, now."""
    at = dates.now().replace(second=0, microsecond=0)
    label = _("Contact with {name} done").format(name=name_of(desk, customer))
    return step(desk, label, lambda session: actions.complete_planned(session, contact, at))


def put_off(desk: Desk, customer: str, contact: str, choice: str) -> bool:
    """Move a planned contact to tomorrow, next week or next month."""
    day = rules.after(dates.today(), choice)
    label = _("Contact with {name} postponed").format(name=name_of(desk, customer))
    return step(desk, label, lambda session: actions.postpone(session, contact, day))


def throw_away(desk: Desk, customer: str, contact: str) -> bool:
    """Move a contact to the trash."""
    label = _("Contact with {name} moved to the trash").format(name=name_of(desk, customer))
    return step(desk, label, lambda session: actions.trash_contact(session, contact))
