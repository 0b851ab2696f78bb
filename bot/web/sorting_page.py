"""The sorting desk on the web: new needs beside the needs of the village; every button is a form of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

import locales
from bot.web.refusals import Refusal
from bot.web.site import Site
from bot.web.sorting_acts import act
from bot.web.workspace_words import sorting_words, workspace_words
from conversations import sorting_words as desk_words
from conversations.scope_reasons import reasons
from domain.typed.text import folded
from locales import current
from publish import need_words
from storage import desk_heads, places, sorting
from storage.desk_heads import Card, Heap, Twins
from storage.sorting import By

AT_ONCE, TRAIL = 20, 20  # new needs and decisions on one page


@dataclass(frozen=True, slots=True)
class Done:
    """What is said when the page comes back: a word of `workspace_words.done`, and where on the page it was."""

    said: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A card as the page shows it."""

    card: Card
    twins: tuple[Card, ...] = ()
    parts: tuple[tuple[int, str], ...] = ()


async def heaps_of(db: AsyncConnection, person_id: int) -> list[Heap]:
    return await desk_heads.heaps(db, person_id=person_id)


class SortingPage:
    def __init__(self, site: Site) -> None:
        self._site = site

    async def page(self, request: Request, person_id: int, form_token: str, refused: str, done: Done) -> str:
        async with self._site.read.connect() as db:
            heaps = await heaps_of(db, person_id)
            here = self._here(request, heaps)
            asked = request.query_params.get("q", "").strip()
            told = await self._told(db, here, asked)
            villages = [(heap, await _name(db, heap.village_id)) for heap in heaps]
        words = sorting_words()
        return self._site.pages.get_template("sorting.html").render(
            words=words | workspace_words(),
            lang=current(),
            languages=locales.LANGUAGES,
            path=request.url.path,
            lang_asked="lang" in request.query_params,
            token=form_token,
            here=here,
            villages=villages,
            q=asked,
            refused=refused,
            said=words.get(f"done_{done.said}", ""),
            kinds=need_words.kinds(),
            levels=desk_words.levels(),
            reasons=reasons(),
            say=desk_words,
            **told,
        )

    async def act(self, request: Request, person_id: int, form: dict[str, str]) -> Done:
        why = form.get("why", "").strip()[:200] or None
        by = By(person_id, self._site.clock.now(), why)
        async with self._site.write.begin() as db:
            here = self._here(request, await heaps_of(db, person_id))
            said, head = await act(db, here, form, by)
        self._site.inbox.wake()  # somebody may be told of it
        return Done(said, f"#n{head}" if head else "")

    def _here(self, request: Request, heaps: list[Heap]) -> Heap:
        """Only where this person may sort, looked at anew with every request."""
        here = Heap(int(request.path_params["poll"]), int(request.path_params["village"]))
        if here not in heaps:
            raise Refusal(404, "unknown")
        return here

    async def _told(self, db: AsyncConnection, here: Heap, asked: str) -> dict[str, Any]:
        where = {"poll_id": here.poll_id, "village_id": here.village_id}
        cards = await desk_heads.cards(db, **where)
        names = desk_words.names(await desk_heads.names(db, **where))
        new = [card for card in cards if not card.head.sorted and _has(card, asked)]
        twins = Twins(cards)
        lines = [Line(card, tuple(twins.of(card))) for card in new[: AT_ONCE * 2]]
        lines.sort(key=lambda line: not line.twins)  # likely twins first
        sorted_ = [card for card in cards if card.head.sorted and _has(card, asked)]
        zone = ZoneInfo(self._site.timezone)
        steps = await sorting.trail(db, **where, most=TRAIL)
        return {
            "new": lines[:AT_ONCE],
            "left": max(0, len(new) - AT_ONCE),
            "heads": [Line(card, parts=_parts(card, names)) for card in sorted_],
            "all": cards,
            "steps": [(step, desk_words.step(step, names, zone)) for step in steps],
            "at": max((card.head.version for card in cards), default=0),
        }


def _has(card: Card, asked: str) -> bool:
    said = " ".join([card.words, *card.told, need_words.kind(card.head.kind)])
    return folded(asked) in folded(said)


def _parts(card: Card, names: dict[int, str]) -> tuple[tuple[int, str], ...]:
    return tuple((part, names[part]) for part in card.head.needs) if card.many else ()


async def _name(db: AsyncConnection, village_id: int) -> str:
    village = await places.village(db, village_id=village_id)
    return village.place.named(current()) if village else ""
