"""The papers of addenda to locked minutes, made outside the turn, sealed and sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.minutes_jobs import DOCX, IN, PDF, Keep
from bot.workshop import Args, Hopeless, Job, Result
from domain.minutes_body import Body
from locales import use
from publish import addendum_paper
from publish.addendum_paper import Added
from publish.minutes_form import Proof
from storage import addenda, minutes, sealed_papers
from storage.addenda import Addendum
from storage.sealed_papers import Sealed


@dataclass(frozen=True, slots=True)
class AddendumJobs:
    engine: AsyncEngine
    now: Callable[[], datetime]
    keep: Keep
    zone: ZoneInfo

    def all(self) -> dict[str, Job]:
        return {"addenda_seal": self.seal}

    async def seal(self, person_id: int, args: Args) -> Result | None:
        """`args`: meeting, public_url. Every addendum that has no paper yet; each is made and sent once."""
        meeting_id, base = args["meeting"], (args["public_url"] or "").rstrip("/")
        async with self.engine.connect() as db:
            version = await minutes.newest(db, meeting_id=meeting_id)
            found = await addenda.of(db, meeting_id=meeting_id)
            there = [await addenda.paper(db, meeting_id=meeting_id, number=each.number) for each in found]
        if version is None:
            raise Hopeless("gone")
        codes = [paper.code for paper in there if paper is not None]
        for each, paper in zip(found, there, strict=True):
            if paper is None:
                made = await self._paper(version.body, each, base)
                async with self.engine.begin() as db:
                    await addenda.sent(db, paper=made, addendum=each, now=self.now())
                codes.append(made.code)
        return {"codes": codes}

    async def _paper(self, body: Body, each: Addendum, base: str) -> Sealed:
        code, files, title = sealed_papers.new_code(), {}, {}
        day = each.at.astimezone(self.zone).date()
        proof = Proof(code, each.hash, f"{base}/verify/{code}")
        added = Added(body, each.number, each.words, each.name, day, each.previous, proof)
        name = f"addendum-{body['day'][:4]}-{body['number']}-{each.number}"
        for language in IN:
            with use(language):
                title[language] = addendum_paper.title(body, each.number)
                pdf = await asyncio.to_thread(addendum_paper.pdf, added)
                docx = await asyncio.to_thread(addendum_paper.docx, added)
            for content, mime, ending in ((pdf, PDF, "pdf"), (docx, DOCX, "docx")):
                kept = await self.keep(None, content, mime, name=f"{name}-{language}.{ending}")
                files[sealed_papers.digest(content)] = kept
        where = addenda.about(each.meeting_id, each.number)
        return Sealed(code, addenda.KIND, where, title, 1, each.hash, files, self.now())
