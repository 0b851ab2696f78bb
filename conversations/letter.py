"""A letter to the municipality, from a few questions to a file to print and sign."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry
from locales import _
from publish import letters
from publish.letters import COUNCIL, LETTERS, MAYOR, WORDS
from storage import places

IN = ("ka", "en")


async def letter(chat: Chat) -> None:
    """`args`: kind, where the card it belongs to was just read."""
    if not await chat.look("village", partial(_known, village_id=chat.person.village_id)):
        return chat.say(_("I do not know your village yet. Press its link, or ask your coordinator."))
    kind = chat.args.get("kind") or await chat.pick("kind", _("Which letter?"), _kinds())
    said = await _said(chat, kind)
    if not await chat.confirm("right", _("Shall I write the letter?"), yes=_("Yes, write it")):
        return chat.say(_("Nothing is written."))
    about = {"kind": kind, "village": chat.person.village_id, "day": await chat.look("day", partial(_today, chat))}
    made = await chat.work("file", "letter", {**about, **said})
    if made.get("document"):
        chat.send(_todo(kind), document=made["document"])
    else:
        chat.say(_("The letter could not be made. Please try again a little later."))


async def _said(chat: Chat, kind: str) -> dict[str, Any]:
    # A petition goes to the council, and asks it.
    to = COUNCIL if kind == "petition" else await chat.pick("to", _("To whom?"), _offices(), title=_("To"))
    asked = await chat.text("asked", _asks(kind), longest=WORDS, hint=_hint(kind), title=_("What is asked"))
    why = None
    if kind != "information":
        no_why = _("Without reasons")
        why = await chat.text(
            "why",
            _("Why is it needed? Whom does it hurt, and since when?"),
            longest=WORDS,
            optional=no_why,
            title=_("Why"),
        )
    by_hand = _("I write it by hand")
    name = await chat.text("name", _("Who writes? Name and surname."), longest=120, optional=by_hand, title=_("From"))
    contact = await chat.text(
        "contact",
        _("Where should the answer go? Address or telephone."),
        longest=200,
        optional=by_hand,
        title=_("Address"),
    )
    language = await chat.pick("language", _("In which language should the letter be?"), _languages())
    return {"to": to, "asked": asked, "why": why, "name": name, "contact": contact, "language": language}


async def _known(db: AsyncConnection, *, village_id: int | None) -> bool:
    return village_id is not None and await places.village(db, village_id=village_id) is not None


async def _today(chat: Chat, db: AsyncConnection) -> str:
    return chat.today().isoformat()


def _kinds() -> Sequence[Option]:
    return [Option(kind, letters.title(kind)) for kind in LETTERS]


def _offices() -> Sequence[Option]:
    return [Option(MAYOR, _("To the mayor")), Option(COUNCIL, _("To the council"))]


def _languages() -> Sequence[Option]:
    return [Option("ka", _("In Georgian, as offices need it")), Option("en", _("In English"))]


def _asks(kind: str) -> str:
    return {
        "information": _("Which document, or what would you like to know? Name the year too."),
        "petition": _("What should the council do? Write it in a sentence or two."),
        "assembly": _("What should the assembly talk about, and when and where would it suit you?"),
    }[kind]


def _hint(kind: str) -> str:
    return {
        "information": _("For example: the contract and the cost of the road to our village, 2026."),
        "petition": _("For example: to put the repair of the water main into the budget of 2027."),
        "assembly": _("For example: which project to choose for the village, in January, in the school."),
    }[kind]


def _todo(kind: str) -> str:
    if kind == "information":
        return _("Read it, print and sign it. Hand it in at the chancellery and note the number it gets.")
    return _("Read it and print it. Collect the signatures, hand it in at the chancellery and note the number it gets.")


ENTRY = Entry("letter", letter, lambda: _("✍️ A letter to the municipality"), in_menu=True, nudge_after=None)
