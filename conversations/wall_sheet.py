"""An A4 sheet for the wall of the shop, by which everybody in the village comes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.place_options import villages_among
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.people import Action
from locales import LANGUAGES, _
from publish.village_sheet import FIRST
from storage import reach

NONE = "none"


async def wall_sheet(chat: Chat) -> None:
    if not chat.links.all("v"):
        return chat.say(_("I have no address yet that people could come to. Whoever runs the program can give me one."))
    mine = await chat.look("mine", partial(_mine, chat.person.id))
    if not mine:
        return chat.say(_("There is no village here yet."))
    village_id = mine[0] if len(mine) == 1 else None
    if village_id is None:
        choices = partial(villages_among, village_ids=mine)
        village_id = await chat.pick("village", _("For which village?"), choices)
    second = await chat.pick("second", _("Which second language should stand on it?"), _second())
    contact = await chat.text(
        "contact",
        _("Whom may people ask? A name and a number, for example. It is printed on the sheet."),
        longest=80,
        optional=_("Print nothing"),
    )
    args = {"village": village_id, "second": second, "contact": contact, "links": astuple(chat.links)}
    made = await chat.work("sheet", "village_sheet", args)
    if made.get("document"):
        words = _("Print it and hang it where people wait: in the shop, at the bus stop, in the school.")
        chat.send(words, document=made["document"])
    else:
        chat.say(_("The sheet could not be made. Please try again a little later."))


async def _mine(person_id: int, db: AsyncConnection) -> list[int]:
    return sorted(await reach.reach(db, person_id=person_id, action=Action.HANG_SHEET))


def _second() -> Sequence[Option]:
    others = [Option(code, name) for code, name in LANGUAGES.items() if code != FIRST]
    return [*others, Option(NONE, _("Georgian only"))]


ENTRY = Entry(
    "wall_sheet",
    wall_sheet,
    lambda: _("🖨 A sheet for the shop wall"),
    action=Action.HANG_SHEET,
    in_menu=True,
    nudge_after=None,
)
