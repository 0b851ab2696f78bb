"""A coordinator brings in the list of places, looks at it, and takes the villages' links and QR pictures."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import place_choice, place_options, refusals
from conversations.chat import Chat
from conversations.handing_out import send_pictures
from conversations.places_faults import faults
from conversations.questions.option import Option
from conversations.registry import Entry
from conversations.wall_sheet import wall_sheet
from domain.links import VILLAGE
from domain.people import Action
from domain.refusal import Refused
from locales import _, current, ngettext
from storage import places
from storage.places import Place

ATTEMPTS = 10


async def places_desk(chat: Chat) -> None:
    what = await chat.pick(
        "what",
        _("Places: what would you like to do?"),
        [
            Option("links", _("Links and QR pictures of villages")),
            Option("sheet", _("A sheet for the shop wall (A4)")),
            Option("list", _("See the list")),
            Option("import", _("Bring in a list")),
        ],
    )
    match what:
        case "import":
            await _bring_in(chat)
        case "list":
            await _show(chat)
        case "sheet":
            await wall_sheet(chat.part("sheet"))
        case _links:
            await _hand_out(chat)


async def _bring_in(chat: Chat) -> None:
    """A wrong list is mended and sent again, as often as it takes."""
    hint = _(
        "A CSV file with these columns: municipality_ka, municipality_en, community_ka, community_en, village_ka, "
        "village_en; if you know them also voters, population, lat, lon."
    )
    for attempt in range(1, ATTEMPTS + 1):
        part = chat.part(str(attempt))
        file = await part.document("file", _("Please send the list of places."), hint=hint if attempt == 1 else None)
        result = await part.work("import", "import_places", {"media": file["document"]})
        if "faults" not in result:
            chat.say(_outcome(result))
            return
        chat.say(faults(result["faults"]))
    chat.say(_("Let us look at the list together first. You can begin again whenever you like: /menu"))


def _outcome(result: dict[str, int | str]) -> str:
    if result.get("error") == "not_allowed":
        return refusals.words(Refused("not_allowed"))
    if "added" not in result:
        return _("I could not open that file. Please try once more: /menu")
    added = int(result["added"])
    words = ngettext("The list is in: {count} new village.", "The list is in: {count} new villages.", added)
    rest = _("Brought up to date: {changed}. Known already: {same}.")
    return f"{words} {rest}".format(count=added, changed=result["changed"], same=result["same"])


async def _show(chat: Chat) -> None:
    municipality_id = await place_choice.municipality(chat, Action.IMPORT_PLACES)
    if municipality_id is None:
        return
    chat.say(await chat.look("list", lambda db: _listed(db, municipality_id)))


async def _listed(db: AsyncConnection, municipality_id: int) -> str:
    """A line for every community: "Gremi: Gremi, Eniseli"."""
    villages = await places.villages_of(db, municipality_id=municipality_id)
    if not villages:
        return _("There is no village here yet.")
    count = ngettext("{count} village", "{count} villages", len(villages)).format(count=len(villages))
    head = f"{_named(villages[0].municipality)}: {count}"
    grouped = groupby(villages, key=lambda village: _named(village.community))
    lines = [f"{name}: {', '.join(_named(one.place) for one in within)}" for name, within in grouped]
    return "\n".join([head, "", *lines])


def _named(place: Place) -> str:
    return place.named(current())


async def _hand_out(chat: Chat) -> None:
    """A link carries its village, so that a newcomer need not search for it."""
    municipality_id = await place_choice.municipality(chat, Action.IMPORT_PLACES)
    if municipality_id is None:
        return
    community_id = await chat.pick("community", _("Which community?"), place_options.communities(municipality_id))
    found = await chat.look("villages", lambda db: _codes(db, community_id))
    say = _("Village {village}: tell what it needs")
    await send_pictures(chat, [(VILLAGE + one["code"], say.format(village=one["name"])) for one in found])


async def _codes(db: AsyncConnection, community_id: int) -> list[dict[str, Any]]:
    villages = await places.villages(db, community_id=community_id)
    return [{"name": _named(one), "code": one.code} for one in villages]


ENTRY = Entry(
    "places_desk",
    places_desk,
    lambda: _("🗺 Places"),
    action=Action.IMPORT_PLACES,
    in_menu=True,
    nudge_after=None,
)
