"""What a village said so far, as everybody may know it: kinds, and only those numbers that were published."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.asking_again import Result
from domain.needs import Kind
from locales import _
from publish import collected_words, need_words
from storage import asking_again, counts


async def so_far(db: AsyncConnection, *, poll_id: int, village_id: int, over: bool = False) -> str:
    """In an order that tells nothing of hidden numbers. `over`: the poll has closed."""
    shown = (await counts.shown(db, poll_id=poll_id, village_id=village_id)).cells
    told = await counts.kinds_told(db, poll_id=poll_id, village_id=village_id)
    kinds = sorted((kind for kind in Kind if kind in told), key=lambda kind: -shown.get(kind, 0))
    lines = [_line(kind, shown.get(kind)) for kind in kinds]
    if not lines:
        return _("Your village has not said anything yet.")
    collected = [each for each in (await _collected(db, poll_id, village_id),) if each]
    if over:
        return "\n".join([_("Your village said:"), *lines, *collected, _("Numbers are shown from 5 on.")])
    foot = _("Numbers are shown from 5 on, and renewed once a day.")
    return "\n".join([_("Your village said so far:"), *lines, *collected, foot])


async def _collected(db: AsyncConnection, poll_id: int, village_id: int) -> str:
    """How these numbers were collected, in one sentence."""
    ways, beside = await counts.shown_ways(db, poll_id=poll_id, village_id=village_id)
    again = await asking_again.results(db, poll_id=poll_id, village_ids=[village_id])
    return collected_words.public(ways, beside, asked_again=any(again[each] for each in Result))


def _line(kind: Kind, number: int | None) -> str:
    words = need_words.kind(kind)
    if number is None:
        return words
    return _("{kind}: about {number}").format(kind=words, number=number)
