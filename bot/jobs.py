"""Every kind of slow work there is."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncEngine

from bot import brief_file
from bot.addendum_jobs import AddendumJobs
from bot.budget_jobs import BudgetJobs
from bot.channels.port import Channel
from bot.choosing_jobs import ChoosingJobs
from bot.clock import Clock
from bot.form_jobs import FormJobs
from bot.grant_jobs import GrantJobs
from bot.meeting_jobs import MeetingJobs
from bot.minutes_jobs import MinutesJobs
from bot.pictures import without_exif
from bot.promise_jobs import PromiseJobs
from bot.shelf import MediaFolder
from bot.summary_jobs import SummaryJobs
from bot.workshop import Args, Hopeless, Job, Result
from conversations.questions.attachment import LARGEST
from domain.links import VILLAGE, Links
from domain.places_csv import parse
from domain.refusal import Refused
from locales import use
from publish import answers_xlsx, code_sheet, letters, qr, village_sheet, year_ring
from publish.letters import Letter
from publish.village_sheet import Sheet
from storage import media, places, places_import, voices, year

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Jobs:
    engine: AsyncEngine
    channels: Mapping[str, Channel]
    clock: Clock
    folder: Path
    zone: ZoneInfo

    def all(self) -> dict[str, Job]:
        return {
            "fetch": self.fetch,
            "answers_xlsx": self.answers,
            "import_places": self.import_places,
            "qr": self.qr,
            "code_sheet": self.code_sheet,
            "erase_file": self.erase_file,
            "year_ring": self.year_ring,
            "village_sheet": self.village_sheet,
            **ChoosingJobs(self.engine, self.clock.now, self._keep).all(),
            **FormJobs(self.engine, self.clock.now, self._bring, self._keep).all(),
            **BudgetJobs(self.engine, self._keep).all(),
            **PromiseJobs(self.engine, self.clock.now, self.zone, self._bring, self._keep).all(),
            **MinutesJobs(self.engine, self.clock.now, self._bring, self._keep, self.folder).all(),
            **AddendumJobs(self.engine, self.clock.now, self._keep, self.zone).all(),
            **SummaryJobs(self.engine, self.clock.now, self._keep).all(),
            **MeetingJobs(self.engine, self.clock.now, self._keep, self.folder, self.zone).all(),
            **GrantJobs(self.engine, self.clock.now, self._keep, self.folder, self.zone).all(),
            "letter": self.letter,
            "brief": self.brief,
        }

    async def fetch(self, person_id: int, args: Args) -> Result | None:
        """Brings a file from the channel that holds it; no conversation waits, its answer was recorded when it came."""
        media_id = args["media"]
        try:
            await self._bring(media_id)
        except ValueError:
            async with self.engine.begin() as db:
                await media.lost(db, media_id=media_id, person_id=person_id, now=self.clock.now())
                await voices.failed(db, media_id=media_id, now=self.clock.now())
            return None
        async with self.engine.begin() as db:
            await voices.arrived(db, media_id=media_id, now=self.clock.now())
        return None

    async def answers(self, person_id: int, args: Args) -> Result | None:
        """The database is given back before the workbook is made: that takes seconds, and SQLite has one writer."""
        async with self.engine.connect() as db:
            tables = await answers_xlsx.tables(db, args)
        content = await asyncio.to_thread(answers_xlsx.workbook, tables)
        return {"document": await self._keep(person_id, content, XLSX, name=f"answers-{args['poll']}.xlsx")}

    async def import_places(self, person_id: int, args: Args) -> Result | None:
        try:
            content = await self._bring(args["media"])
        except ValueError:
            raise Hopeless("no_file") from None
        try:
            parsed = await asyncio.to_thread(parse, content)
            async with self.engine.begin() as db:
                return await places_import.bring_in(db, by=person_id, parsed=parsed)
        except Refused as refusal:
            raise Hopeless(refusal.reason) from None

    async def qr(self, person_id: int, args: Args) -> Result | None:
        """A picture for each link."""
        pictures = [await asyncio.to_thread(qr.png, link) for link in args["links"]]
        return {"photos": [await self._keep(person_id, picture, "image/png", kind="photo") for picture in pictures]}

    async def year_ring(self, person_id: int, args: Args) -> Result | None:
        """`args`: community, language."""
        where, now = args["community"], self.clock.now()
        async with self.engine.connect() as db:
            standing = (await year.standing(db, where=[where], now=now, zone=self.zone))[where]
            [community] = await places.communities_named(db, community_ids=[where])
        with use(args["language"]):
            picture = await asyncio.to_thread(year_ring.png, standing, community.named(args["language"]))
        return {"photos": [await self._keep(person_id, picture, "image/png", kind="photo")]}

    async def village_sheet(self, person_id: int, args: Args) -> Result | None:
        """`args`: village (its id), links (the three ways in, or None), contact, second."""
        async with self.engine.connect() as db:
            village = await places.village(db, village_id=args["village"])
        if village is None:
            raise Hopeless("gone")
        sheet = Sheet(village, VILLAGE + village.place.code, args["contact"], args["second"])
        content = await asyncio.to_thread(village_sheet.pdf, sheet, Links(*args["links"]))
        name = f"mrgvali-{village.place.code}.pdf"
        return {"document": await self._keep(person_id, content, "application/pdf", name=name)}

    async def code_sheet(self, person_id: int, args: Args) -> Result | None:
        """Makes the codes where they are printed: so their digits stand on the sheet and nowhere else."""
        try:
            async with self.engine.begin() as db:
                slips = await code_sheet.slips(db, person_id, args, self.clock.now())
        except Refused as refusal:
            raise Hopeless(refusal.reason) from None
        content = await asyncio.to_thread(code_sheet.pdf, slips)
        return {
            "document": await self._keep(person_id, content, "application/pdf", name=f"codes-{args['village']}.pdf")
        }

    async def letter(self, person_id: int, args: Args) -> Result | None:
        """`args`: the fields of publish.letters.Letter, the village by its id, and language."""
        async with self.engine.connect() as db:
            village = await places.village(db, village_id=args["village"])
        if village is None:
            raise Hopeless("gone")
        language = args["language"]
        where = {"municipality": village.municipality.named(language), "village": village.place.named(language)}
        said = {name: args[name] for name in ("kind", "to", "asked", "why", "name", "contact")}
        with use(language):
            letter = Letter(**said, **where, day=date.fromisoformat(args["day"]))
            content = await asyncio.to_thread(letters.file, letter)
        return {"document": await self._keep(person_id, content, DOCX, name=f"{args['kind']}.docx")}

    async def brief(self, person_id: int, args: Args) -> Result | None:
        """`args`: need, form (pdf or docx), language, day."""
        need_id, form = args["need"], args["form"]
        try:
            async with self.engine.connect() as db:
                about = await brief_file.read(db, need_id=need_id, today=date.fromisoformat(args["day"]))
        except Refused as refusal:
            raise Hopeless(refusal.reason) from None
        content = await brief_file.made(about, self.folder, form, args["language"])
        mime = "application/pdf" if form == "pdf" else DOCX
        return {"document": await self._keep(person_id, content, mime, name=f"brief-{need_id}.{form}")}

    async def erase_file(self, person_id: int, args: Args) -> Result | None:
        """Whose file it was has asked to be forgotten."""
        await asyncio.to_thread((self.folder / args["media"]).unlink, missing_ok=True)
        return None

    async def _bring(self, media_id: str) -> bytes:
        """The file's bytes, from our folder or from the channel. Raises ValueError when they are not to be had."""
        async with self.engine.connect() as db:
            file = await media.find(db, media_id=media_id)
        path = self.folder / media_id
        if file.state == "ready" and path.is_file():
            return await asyncio.to_thread(path.read_bytes)
        content = await self.channels[file.channel].fetch(file.ref, LARGEST)
        if file.kind == "photo":
            content = await asyncio.to_thread(without_exif, content)
        await asyncio.to_thread(_write, path, content)
        async with self.engine.begin() as db:
            mime = "image/jpeg" if file.kind == "photo" else file.mime
            kept = await media.settle(db, media_id=media_id, state="ready", mime=mime)
        if not kept:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        return content

    async def _keep(
        self, person_id: int | None, content: bytes, mime: str, kind: str = "document", name: str | None = None
    ) -> str:
        keep = MediaFolder(self.engine, self.folder).keep
        return await keep(person_id, content, mime, kind, name, now=self.clock.now())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
