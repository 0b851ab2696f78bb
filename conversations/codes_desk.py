"""A group makes codes for homes, to hand out on slips; a coordinator voids one, and says why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import refusals
from conversations.chat import Chat
from conversations.place_names import named, names
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.links import HOUSEHOLD
from domain.people import Action, may
from domain.refusal import Refused
from locales import _, current
from storage import household_codes, places, polls, reach, roles

A_PAGE, MOST = 10, 100  # codes on a sheet's page, and in one go
LONGEST_REASON = 300


async def codes_desk(chat: Chat) -> None:
    which = await _which(chat)
    if which is None:
        chat.say(_("No poll is open in your villages now."))
    elif await _wish(chat) == "void":
        await _void(chat, which)
    else:
        await _make(chat, which)


async def _which(chat: Chat) -> dict[str, Any] | None:
    """The poll and the village; asked only where there are several."""
    found = await chat.look("open", partial(_open, person_id=chat.person.id, today=chat.today()))
    if not found:
        return None
    if len(found) == 1:
        return dict(found[0])
    options = [Option(each["village"], named(each), (each["ka"], each["en"])) for each in found]
    village = await chat.pick("village", _("For which village?"), options)
    return next(dict(each) for each in found if each["village"] == village)


async def _open(db: AsyncConnection, *, person_id: int, today: date) -> Sequence[dict[str, Any]]:
    found = []
    within = await reach.reach(db, person_id=person_id, action=Action.MAKE_CODES)
    for village in await places.villages_named(db, village_ids=within):
        poll_id = await polls.open_in(db, village_id=village.place.id, today=today)
        if poll_id is not None:
            found.append({"poll": poll_id, "village": village.place.id, **names(village.place)})
    return found


async def _wish(chat: Chat) -> str:
    """Only a coordinator is asked: a group makes codes and cannot void them."""

    async def voids(db: AsyncConnection) -> bool:
        return may(await roles.held(db, person_id=chat.person.id), Action.VOID_CODE)

    if not await chat.look("voids", voids):
        return "make"
    options = [Option("make", _("Make codes")), Option("void", _("Void a code"))]
    return str(await chat.pick("wish", _("What would you like to do?"), options))


async def _make(chat: Chat, which: dict[str, Any]) -> None:
    ask = _("How many homes shall get a code? A page has {count} slips.").format(count=A_PAGE)
    hint = _("A home that has only the web answers with it, once, and its answer counts like any other.")
    count = await chat.number("count", ask, least=1, most=MOST, hint=hint)
    links = (chat.links.web(HOUSEHOLD), *chat.links.all(HOUSEHOLD))
    link = next((each for each in links if each is not None), None)
    args = {"poll": which["poll"], "village": which["village"], "count": count, "link": link, "language": current()}
    made = await chat.work("sheet", "code_sheet", args)
    if made.get("document"):
        words = _(
            "The sheet is ready to print and cut. Give each home one slip, and write down nowhere who got which. "
            "Please do not pass the file on: whoever has it could answer for all of them."
        )
        chat.send(words, document=made["document"])
    else:
        chat.say(_failed(made.get("error")))


def _failed(reason: str | None) -> str:
    if reason in ("codes_used_up", "poll_elsewhere", "not_allowed"):
        return refusals.words(Refused(reason, most=household_codes.MOST))
    return _("The sheet could not be made. Please try again a little later.")


async def _void(chat: Chat, which: dict[str, Any]) -> None:
    number = await chat.number(
        "number", _("Which number stands on the slip, beside “№”?"), least=1, most=household_codes.MOST
    )
    where = {"poll_id": which["poll"], "village_id": which["village"]}
    code_id = await chat.look("code", partial(_numbered, **where, number=number))
    if code_id is None:
        chat.say(_("No code with this number holds any more."))
        return
    ask = _("Why does it not hold any more? Your reason is kept with it.")
    reason = await chat.text("reason", ask, longest=LONGEST_REASON)
    sure = _("Code № {number} of {village} will open nothing any more. Shall I void it?")
    if not await chat.confirm("sure", sure.format(number=number, village=named(which)), yes=_("Yes, void it")):
        chat.say(_("It stays as it is."))
        return
    void = partial(household_codes.void, by=chat.person.id, code_id=code_id, reason=reason)
    if await chat.do("void", lambda db: void(db, now=chat.now())):
        chat.say(_("It is voided. One answer came with it: it is counted beside now, until somebody has looked at it."))
    else:
        chat.say(_("It is voided. No answer had come with it."))


async def _numbered(db: AsyncConnection, *, poll_id: int, village_id: int, number: int) -> int | None:
    held = await household_codes.unvoided(db, poll_id=poll_id, village_id=village_id)
    return next((int(row.id) for row in held if row.number == number), None)


ENTRY = Entry(
    "codes_desk",
    codes_desk,
    lambda: _("🎟️ Codes for homes"),
    action=Action.MAKE_CODES,
    in_menu=True,
    nudge_after=None,
)
