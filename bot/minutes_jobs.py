"""The papers of minutes, made outside the turn: a draft to look at, and the sealed ones that are sent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.workshop import Args, Hopeless, Job, Result
from domain.minutes import Phase
from domain.refusal import Refused
from locales import use
from publish import delivery_sheet, minutes_form, minutes_paper, minutes_template
from publish.minutes_form import Proof
from publish.minutes_template import Broken
from storage import addenda, minutes, minutes_delivery, minutes_letterhead, minutes_registry, sealed_papers
from storage.sealed_papers import Sealed

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
IN = ("ka", "en")


class Keep(Protocol):
    def __call__(
        self, person_id: int | None, content: bytes, mime: str, kind: str = "document", name: str | None = None
    ) -> Awaitable[str]: ...


@dataclass(frozen=True, slots=True)
class MinutesJobs:
    engine: AsyncEngine
    now: Callable[[], datetime]
    bring: Callable[[str], Awaitable[bytes]]
    keep: Keep
    folder: Path

    def all(self) -> dict[str, Job]:
        return {
            "minutes_file": self.file,
            "minutes_seal": self.seal,
            "minutes_sheet": self.sheet,
            "minutes_letterhead": self.letterhead,
            "minutes_blank": self.blank,
        }

    async def file(self, person_id: int, args: Args) -> Result | None:
        """`args`: meeting, form (pdf or docx), language. The newest version, as a draft that proves nothing."""
        version, letterhead = await self._version(args["meeting"])
        about = minutes_paper.Version(version.body, version.phase, version.version, None, letterhead)
        content = await asyncio.to_thread(_made, about, args["form"], args["language"])
        mime = PDF if args["form"] == "pdf" else DOCX
        return {"document": await self.keep(person_id, content, mime, name=_name(version, args["form"]))}

    async def seal(self, person_id: int, args: Args) -> Result | None:
        """`args`: meeting, public_url. Made once: a second time answers what was sealed then."""
        async with self.engine.connect() as db:
            there = await minutes_delivery.paper(db, meeting_id=args["meeting"])
        if there is not None:
            return {"code": there.code}
        version, letterhead = await self._version(args["meeting"])
        if version.phase is not Phase.LOCKED:
            raise Hopeless("minutes_not_locked")
        code = sealed_papers.new_code()
        url = f"{(args['public_url'] or '').rstrip('/')}/verify/{code}"
        about = minutes_paper.Version(
            version.body, version.phase, version.version, Proof(code, version.hash, url), letterhead
        )
        files, title = {}, {}
        for language in IN:
            with use(language):
                title[language] = minutes_form.title(version.body)
            for form, mime in (("pdf", PDF), ("docx", DOCX)):
                content = await asyncio.to_thread(_made, about, form, language)
                name = _name(version, form, language)
                files[sealed_papers.digest(content)] = await self.keep(None, content, mime, name=name)
        kind, where = minutes_delivery.KIND, minutes_delivery.about(version.meeting_id)
        made = Sealed(code, kind, where, title, version.version, version.hash, files, self.now())
        async with self.engine.begin() as db:
            await minutes_delivery.sent(db, paper=made, meeting_id=version.meeting_id, now=self.now())
        return {"code": code}

    async def sheet(self, person_id: int, args: Args) -> Result | None:
        """`args`: meeting, public_url, language, zone. Who has them, as paper; the minutes' own papers come first."""
        await self.seal(person_id, args)
        version, _letterhead = await self._version(args["meeting"])
        async with self.engine.connect() as db:
            lines = await minutes_delivery.sheet(db, meeting_id=version.meeting_id, by=person_id)
            added = await addenda.lines(db, meeting_id=version.meeting_id)
            registered = await minutes_registry.of(db, meeting_id=version.meeting_id)
        with use(args["language"]):
            title, zone = minutes_form.title(version.body), ZoneInfo(args["zone"])
            content = await asyncio.to_thread(delivery_sheet.pdf, title, lines, added, registered, zone)
        name = _name(version, "pdf").replace("minutes", "delivery", 1)
        return {"document": await self.keep(person_id, content, PDF, name=name)}

    async def blank(self, person_id: int, args: Args) -> Result | None:
        """Our form with its tags, to put a letterhead above."""
        content = await asyncio.to_thread(minutes_template.own)
        return {"document": await self.keep(person_id, content, DOCX, name="minutes-form.docx")}

    async def letterhead(self, person_id: int, args: Args) -> Result | None:
        """`args`: media, municipality. Tried out first; refused with the place that does not fit."""
        try:
            content = await self.bring(args["media"])
        except ValueError:
            raise Hopeless("no_file") from None
        try:
            await asyncio.to_thread(minutes_template.check, content, minutes_paper.example())
        except Broken as broken:
            return {"broken": broken.reason, "place": broken.place}
        media_id = await self.keep(None, content, DOCX, name="letterhead.docx")
        where = {"municipality_id": args["municipality"], "by": person_id}
        try:
            async with self.engine.begin() as db:
                await minutes_letterhead.put(db, media_id=media_id, now=self.now(), **where)
        except Refused as refusal:
            raise Hopeless(refusal.reason) from None
        return {"kept": True}

    async def _version(self, meeting_id: int) -> tuple[minutes.Version, bytes | None]:
        async with self.engine.connect() as db:
            version = await minutes.newest(db, meeting_id=meeting_id)
            media_id = await minutes_letterhead.of_meeting(db, meeting_id=meeting_id)
        if version is None:
            raise Hopeless("gone")
        path = self.folder / media_id if media_id else None
        there = path is not None and await asyncio.to_thread(path.is_file)
        return version, await asyncio.to_thread(path.read_bytes) if path is not None and there else None


def _made(about: minutes_paper.Version, form: str, language: str) -> bytes:
    return minutes_paper.pdf(about, language) if form == "pdf" else minutes_paper.docx(about, language)


def _name(version: minutes.Version, form: str, language: str = "") -> str:
    year, number = version.body["day"][:4], version.body["number"]
    return "-".join(part for part in ("minutes", year, str(number), language) if part) + f".{form}"
