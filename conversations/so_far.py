"""What a village said so far, as everybody may know it: kinds, and only those numbers that were published."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.needs import Kind
from locales import _
from publish import need_words
from storage import counts


async def so_far(db: AsyncConnection, *, poll_id: int, village_id: int, over: bool = False) -> str:
    """In an order that tells nothing of hidden numbers. `over`: the poll has closed."""
    shown = (await counts.shown(db, poll_id=poll_id, village_id=village_id)).cells
    told = await counts.kinds_told(db, poll_id=poll_id, village_id=village_id)
    kinds = sorted((kind for kind in Kind if kind in told), key=lambda kind: -shown.get(kind, 0))
    lines = [_line(kind, shown.get(kind)) for kind in kinds]
    if not lines:
        return _("Your village has not said anything yet.")
    if over:
        return "\n".join([_("Your village said:"), *lines, _("Numbers are shown from 5 on.")])
    return "\n".join(
        [_("Your village said so far:"), *lines, _("Numbers are shown from 5 on, and renewed once a day.")]
    )


def _line(kind: Kind, number: int | None) -> str:
    words = need_words.kind(kind)
    if number is None:
        return words
    return _("{kind}: about {number}").format(kind=words, number=number)
