"""The pictures of what came of a round table, made when its minutes are locked; and everybody there hears of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.minutes_jobs import IN, Keep
from bot.workshop import Args, Hopeless, Job, Result
from domain.links import Links
from domain.meeting_summary import Summary
from domain.minutes import fingerprint
from locales import use
from publish import summary_picture, summary_words
from storage import meeting_summary, sealed_papers
from storage.sealed_papers import Sealed

PNG = "image/png"


@dataclass(frozen=True, slots=True)
class SummaryJobs:
    engine: AsyncEngine
    now: Callable[[], datetime]
    keep: Keep

    def all(self) -> dict[str, Job]:
        return {"summary_seal": self.seal}

    async def seal(self, person_id: int, args: Args) -> Result | None:
        """`args`: meeting, public_url. Made and told once: a second time answers what was sealed then."""
        async with self.engine.connect() as db:
            there = await meeting_summary.paper(db, meeting_id=args["meeting"])
            told = None if there else await meeting_summary.read(db, meeting_id=args["meeting"])
        if there is not None:
            return {"code": there.code}
        if told is None:
            raise Hopeless("minutes_not_locked")
        made = await self._paper(told, Links(public_url=args["public_url"]))
        async with self.engine.begin() as db:
            await meeting_summary.tell(db, paper=made, told=told, now=self.now())
        return {"code": made.code}

    async def _paper(self, told: Summary, links: Links) -> Sealed:
        files, title = {}, {}
        for language in IN:
            with use(language):
                title[language] = summary_words.title(told)
                link = links.meeting_page(told["meeting_id"]) or ""
                content = await asyncio.to_thread(summary_picture.png, told, link=link)
            name = f"summary-{told['day'][:4]}-{told['number']}-{language}.png"
            files[sealed_papers.digest(content)] = await self.keep(None, content, PNG, "photo", name)
        code, where = sealed_papers.new_code(), meeting_summary.about(told["meeting_id"])
        digest = fingerprint(dict(told))
        return Sealed(code, meeting_summary.KIND, where, title, 1, digest, files, self.now())
