"""The pages of places: all municipalities, one of them, a community, a village."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.web import board_grants
from bot.web.board_asked import Asked
from bot.web.board_lines import bar, counted, line, link, named, whole
from bot.web.board_words import board_words
from bot.web.refusals import Refusal
from domain.tally import Tally
from publish import assembly_words, need_words
from publish import board_words as said
from publish.day_words import day
from storage import board, board_places, places
from storage.board import CANDIDATES, Here, Wanted
from storage.places import Place, Village

ON_A_PAGE = 20
ON_THE_FRONT = 5  # what is new
Data = dict[str, Any]


async def front(db: AsyncConnection, asked: Asked) -> Data:
    tallies = await board.of_municipalities(db)
    rows = [
        counted(link("municipality", place, asked.spoken), tallies.get(place.id))
        for place in await places.municipalities(db)
    ]
    shown: Data = {"title": board_words()["board"], "places": rows, "places_are": board_words()["municipalities"]}
    everything = whole(list(tallies.values()))
    shown |= _in_numbers(everything)
    if asked.wanted.words:
        return shown | await _looked_for(db, asked) | await _listed(db, asked, None, everything)
    new = await board.changed(db, here=None, most=ON_THE_FRONT)
    return shown | {"promises": await named(db, new, asked), "promises_are": board_words()["newest"]}


async def municipality(db: AsyncConnection, asked: Asked) -> Data:
    where = await municipality_of(db, asked)
    here, tallies = Here(where.id), await board.of_communities(db, municipality_id=where.id)
    inside = await places.villages_of(db, municipality_id=where.id)
    everything = whole(list(tallies.values()))
    shown = _in_numbers(everything) | await _listed(db, asked, here, everything) | await _choices(db, asked, here)
    shown |= await _looked_for(db, asked, municipality_id=where.id)
    shown |= await board_grants.section(db, asked, [each.place.id for each in inside])
    return shown | {
        "title": where.named(asked.spoken),
        "places": _communities(inside, tallies, asked),
        "places_are": board_words()["communities"],
        "head": await _sealed(db, where),
        "follow": asked.doors(said.follow_municipality(where.code)),
    }


def _communities(inside: list[Village], tallies: dict[int, Tally], asked: Asked) -> list[Data]:
    """Each with its villages, so that everybody is at home with one press."""
    rows: dict[int, Data] = {}
    for one in inside:
        place = link("community", one.community, asked.spoken)
        row = rows.setdefault(one.community.id, counted(place, tallies.get(one.community.id)) | {"inside": []})
        row["inside"].append(link("village", one.place, asked.spoken))
    return list(rows.values())


async def _sealed(db: AsyncConnection, where: Place) -> Data:
    top = await board.seal(db, municipality_id=where.id)
    sealed: Data = {"day": day(top[0]), "hash": top[1]} if top else {"day": None, "hash": None}
    return sealed | {"address": f"/board/municipality/{quote(where.code)}/head.json"}


async def community(db: AsyncConnection, asked: Asked) -> Data:
    found = await board_places.community(db, community_id=asked.number)
    if found is None:
        raise Refusal(404, "unknown")
    where, over = found
    tallies = await board.of_villages(db, community_id=where.id)
    inside = await places.villages(db, community_id=where.id)
    to_all = tallies.get(0)
    here = Here(over.id, where.id)
    rows = []
    for one in inside:
        parts = [each for each in (tallies.get(one.id), to_all) if each]
        rows.append(counted(link("village", one, asked.spoken), whole(parts)))
    everything = whole(list(tallies.values()))
    shown = _in_numbers(everything) | await _listed(db, asked, here, everything) | await _choices(db, asked, here)
    return shown | {
        "title": said.community(where.named(asked.spoken)),
        "way": [link("municipality", over, asked.spoken)],
        "places": rows,
        "places_are": board_words()["villages"],
    }


async def village(db: AsyncConnection, asked: Asked) -> Data:
    found = await village_of(db, asked)
    here = Here(found.municipality.id, found.community.id, found.place.id)
    tallies = await board.of_villages(db, community_id=found.community.id)
    mine = [each for each in (tallies.get(found.place.id), tallies.get(0)) if each]
    way = [link("municipality", found.municipality, asked.spoken), link("community", found.community, asked.spoken)]
    code = found.place.code
    everything = whole(mine)
    shown = _in_numbers(everything) | await _listed(db, asked, here, everything) | await _choices(db, asked, here)
    shown |= await board_grants.section(db, asked, [found.place.id]) | await _assembly(db, asked, found.place)
    return shown | {
        "title": said.village(found.place.named(asked.spoken)),
        "way": way,
        "notice": f"/board/village/{quote(code)}/notice.pdf",
        "chosen": f"/village/{quote(code)}",
        "follow": asked.doors(said.follow_village(code)),
    }


async def _assembly(db: AsyncConnection, asked: Asked, where: Place) -> Data:
    """The coming one, or what came of the last; nothing where none was set."""
    if asked.page > 1 or not asked.wanted.everything:
        return {}
    newest = await assembly_words.newest(db, village_id=where.id)
    if newest is None:
        return {}
    held, came = newest
    said_of = assembly_words.page(held, came, asked.now, asked.zone)
    return {"assembly": said_of | {"ahead": not held.over(asked.now), "starts_at": held.starts_at.isoformat()}}


def _in_numbers(tally: Tally) -> Data:
    return {"lead": said.sentence(tally), "tally": bar(tally), "all": tally.all}


async def _listed(db: AsyncConnection, asked: Asked, here: Here | None, everything: Tally) -> Data:
    """The promises that are asked for, page by page; beyond the last there is the last."""
    many = everything.all if asked.wanted.everything else await board.many(db, here=here, wanted=asked.wanted)
    pages = max(1, -(-many // ON_A_PAGE))
    page = min(asked.page, pages)
    skip = (page - 1) * ON_A_PAGE
    found = await board.found(db, here=here, wanted=asked.wanted, skip=skip, most=ON_A_PAGE)
    shown: Data = {"promises": await named(db, found, asked), "many": many, "page": page, "pages": pages}
    shown |= {"promises_are": board_words()["promises"], "wanted": _wanted(asked.wanted)}
    if here is None:
        return shown
    coming = await board.next_day(db, here=here, today=asked.today)
    if coming:
        [one] = await board.in_order(db, [coming[0]])
        shown["coming"] = {"day": day(coming[1])} | line(one, asked.today)
    return shown


def _wanted(wanted: Wanted) -> Data | None:
    if wanted.everything:
        return None
    return {"q": wanted.words, "kind": wanted.kind, "office": wanted.office, "status": wanted.standing}


async def _choices(db: AsyncConnection, asked: Asked, here: Here) -> Data:
    """For the form: what there is to choose from."""
    found = await board.choices(db, here=here)
    chosen = [asked.wanted.office] if asked.wanted.office not in ("", *found.offices) else []
    return {
        "choices": {
            "kinds": [{"value": each, "name": need_words.kind(each)} for each in found.kinds],
            "offices": [*found.offices, *chosen],
            "statuses": [{"value": each.value, "name": name} for each, name in said.lots().items()],
            "candidates": CANDIDATES if found.candidates else None,
        }
    }


async def _looked_for(db: AsyncConnection, asked: Asked, municipality_id: int | None = None) -> Data:
    """Villages by their name, beside the promises."""
    if not asked.wanted.words:
        return {}
    found = await board_places.villages_named(db, words=asked.wanted.words, municipality_id=municipality_id)
    named = [link("village", one.place, asked.spoken) for one in found]
    over = [f"{one.community.named(asked.spoken)}, {one.municipality.named(asked.spoken)}" for one in found]
    return {"villages_found": [each | {"over": where} for each, where in zip(named, over, strict=True)]}


async def municipality_of(db: AsyncConnection, asked: Asked) -> Place:
    found = next((one for one in await places.municipalities(db) if one.code == asked.code), None)
    if found is None:
        raise Refusal(404, "unknown")
    return found


async def village_of(db: AsyncConnection, asked: Asked) -> Village:
    found = await places.village_by_code(db, code=asked.code)
    if found is None:
        raise Refusal(404, "unknown")
    return found
