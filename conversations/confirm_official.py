"""A coordinator says whether an official is really who they say; only then does the office hold."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.person import Person
from conversations.place_names import named
from conversations.registry import Entry
from conversations.role_words import title
from domain.people import Action, Role
from locales import _
from storage import offices


async def confirm_official(chat: Chat) -> None:
    """Told with the role to look at; from the menu it takes the one that has waited longest."""
    role_id = chat.args.get("role") or await chat.look("first", partial(offices.first_waiting, by=chat.person.id))
    waiting = await chat.look("waiting", partial(offices.waiting, by=chat.person.id, role_id=role_id or 0))
    if waiting is None:
        if "role" not in chat.args:
            chat.say(_("Nobody waits to be confirmed now."))
        return
    words = _(
        "{name} says that they hold this office: {office} ({role}, {municipality}). Is it really they? "
        "Please be sure: call them or the municipality."
    ).format(
        name=waiting["name"],
        office=waiting["office"],
        role=title(Role(waiting["role"])),
        municipality=named(waiting["municipality"]),
    )
    yes = await chat.confirm("sure", words, yes=_("Yes, it is they"), no=_("No"))
    decide = partial(offices.decide, by=chat.person.id, role_id=role_id, confirmed=yes)
    await chat.do("decide", lambda db: decide(db, now=chat.now()))
    chat.say(
        _("Thank you. They will hear of it.")
        if yes
        else _("Good that you looked. They will hear that it is not confirmed.")
    )


async def office_decided(chat: Chat) -> None:
    """Told to the official."""
    if chat.args.get("confirmed") is True:
        chat.say(_("Your office is confirmed. When a promise needs your word, I will ask you."))
    elif chat.args.get("confirmed") is False:
        chat.say(_("A coordinator could not confirm your office. If this is a mistake, please speak with them."))


async def _any_waiting(db: AsyncConnection, person: Person) -> bool:
    return await offices.first_waiting(db, by=person.id) is not None


ENTRIES = (
    Entry(
        "confirm_official",
        confirm_official,
        lambda: _("🪪 Confirm an official"),
        action=Action.CONFIRM_OFFICIAL,
        in_menu=True,
        offered=_any_waiting,
        priority=1,
    ),
    Entry("office_decided", office_decided, lambda: _("Your office"), notice=True),
)
