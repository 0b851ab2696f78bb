"""Slow work of choosings: the pictures."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.workshop import Args, Hopeless, Job, Result
from domain.refusal import Refused
from locales import use
from publish import chosen_picture, weight_picture
from storage import chosen, places, severities


@dataclass(frozen=True, slots=True)
class ChoosingJobs:
    """`keep` puts one of our pictures into the folder and answers its id."""

    engine: AsyncEngine
    now: Callable[[], datetime]
    keep: Callable[..., Awaitable[str]]

    def all(self) -> dict[str, Job]:
        return {"chosen_list": self.chosen_list, "weights": self.weights}

    async def chosen_list(self, person_id: int, args: Args) -> Result | None:
        """`args`: choosing, language. Made once for each language, whoever asks, and belongs to nobody."""
        where = {"choosing_id": args["choosing"], "language": args["language"]}
        async with self.engine.connect() as db:
            shown = await chosen_picture.read(db, choosing_id=args["choosing"])
            known = await chosen.picture(db, **where)
        if shown is None:
            raise Hopeless("gone")
        with use(args["language"]):
            digest = chosen_picture.digest(shown)
            if known is not None and known[1] == digest:
                return {"photos": [known[0]]}
            picture = await asyncio.to_thread(chosen_picture.png, shown)
        media_id = await self.keep(None, picture, "image/png", kind="photo")
        async with self.engine.begin() as db:
            kept: Args = {"digest": digest, "media_id": media_id, "by": person_id, "now": self.now()}
            await chosen.keep_picture(db, **where, **kept)
        return {"photos": [media_id]}

    async def weights(self, person_id: int, args: Args) -> Result | None:
        """`args`: poll, village, language. For members of the group, whose view it is; made anew each time."""
        where = {"poll_id": args["poll"], "village_id": args["village"]}
        try:
            async with self.engine.connect() as db:
                spots, heads = await severities.spots(db, **where, person_id=person_id)
                order = await chosen.ranked(db, **where)
                village = await places.village(db, village_id=args["village"])
        except Refused as refusal:
            raise Hopeless(refusal.reason) from None
        if not spots or village is None:
            return {"photos": []}
        at = {need: place for place, need in enumerate(order, start=1)}
        with use(args["language"]):
            name = village.place.named(args["language"])
            picture = await asyncio.to_thread(weight_picture.png, name, spots, heads, at)
        return {"photos": [await self.keep(person_id, picture, "image/png", kind="photo")]}
