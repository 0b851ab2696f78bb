"""The board's section of grants: for which needs of a place money was given, by whom, and how far it is."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.web.board_asked import Asked
from bot.web.board_lines import link
from locales import _
from publish import grant_words
from storage import grants_by_need
from storage.grants_by_need import Given

MOST = 20  # on a page: the newest
Data = dict[str, Any]


async def section(db: AsyncConnection, asked: Asked, village_ids: Collection[int]) -> Data:
    """Nothing where there is none."""
    if asked.page > 1 or not asked.wanted.everything:
        return {}
    given = await grants_by_need.given(db, village_ids=village_ids)
    return {"grants": [_line(each, asked) for each in given[:MOST]], "grants_are": _("Grants by need")} if given else {}


def _line(one: Given, asked: Asked) -> Data:
    needs = [
        link("village", village.place, asked.spoken) | {"need": grant_words.need(need.kind, need.words)}
        for village, need in one.needs
    ]
    return {"needs": needs, "said": grant_words.given(one), "amount": one.amount, "stage": one.stage.value}
