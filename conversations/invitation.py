"""Somebody came by an invitation: what the role means, and whether they take it."""

from __future__ import annotations

from functools import partial

from conversations.chat import Chat
from conversations.registry import Entry
from conversations.role_words import meaning
from conversations.welcome import ensure_welcomed
from domain.links import INVITATION
from domain.people import OFFICES, Role
from locales import _
from storage import invitations
from storage.invitations import IN_A_GROUP

LONGEST_NAME = 60
LONGEST_OFFICE = 100


async def invitation(chat: Chat) -> None:
    token = str(chat.args.get("link", "")).removeprefix(INVITATION)
    found = await chat.look("found", partial(invitations.find, token=token, person_id=chat.person.id, now=chat.now()))
    role = Role(found["role"])
    await ensure_welcomed(chat, village=role in IN_A_GROUP)
    chat.say(meaning(role, found["group"] or ""))
    name, office = await _office(chat, found["office"]) if role in OFFICES else (await _group_name(chat, role), None)
    accepted = await chat.confirm("sure", _("Do you accept?"), yes=_("Yes, I accept"), no=_("No, thank you"))
    if not accepted:
        chat.say(_("That is all right. The invitation stays good until it expires, should you think again."))
        return
    accept = partial(invitations.accept, token=token, person_id=chat.person.id, name=name, office=office)
    await chat.do("accept", lambda db: accept(db, now=chat.now()))
    chat.say(_welcome(role))


async def _office(chat: Chat, known: str | None) -> tuple[str, str]:
    name = await chat.text(
        "name", _("Your name, as it is to be shown in public?"), longest=LONGEST_NAME, title=_("Name")
    )
    question = _("Your office, as it is to be shown in public? For example: head of the infrastructure service")
    office = await chat.text("office", question, longest=LONGEST_OFFICE, optional=known or False, title=_("Office"))
    return name, office or known or ""


async def _group_name(chat: Chat, role: Role) -> str | None:
    if role is Role.COORDINATOR:
        return None
    name = await chat.text(
        "called",
        _("How shall your group call you? A first name is enough; only your group and the coordinator see it."),
        longest=LONGEST_NAME,
        optional=_("Prefer not to say"),
        title=_("Name"),
    )
    return None if name is None else str(name)


def _welcome(role: Role) -> str:
    if role in OFFICES:
        return _("Thank you. A coordinator looks at it now, and you will hear from me.")
    return _("Thank you, and welcome! You find everything in the /menu.")


ENTRY = Entry(
    "invitation",
    invitation,
    lambda: _("Invitation"),
    link=INVITATION,
    needs_welcome=False,
    priority=1,
)
