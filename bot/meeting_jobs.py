"""What goes with an invitation to a round table: the brief of each issue, and the day for the calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncEngine

from bot import brief_file
from bot.minutes_jobs import DOCX, PDF, Keep
from bot.workshop import Args, Hopeless, Job, Result
from domain.meetings.record import Record
from domain.refusal import Refused
from locales import _, use
from publish import meeting_calendar, meeting_letter, meeting_words
from storage import meetings, places


@dataclass(frozen=True, slots=True)
class MeetingJobs:
    engine: AsyncEngine
    now: Callable[[], datetime]
    keep: Keep
    folder: Path
    zone: ZoneInfo

    def all(self) -> dict[str, Job]:
        return {"meeting_papers": self.papers, "meeting_letter": self.letter}

    async def papers(self, person_id: int, args: Args) -> Result | None:
        """`args`: meeting, language. Each with what it is; an issue that is gone meanwhile has no brief."""
        record, made = await self._record(args["meeting"]), list[list[str]]()
        for number, item in enumerate(record.items, start=1):
            try:
                async with self.engine.connect() as db:
                    about = await brief_file.read(db, need_id=item.need_id, today=self.now().date())
            except Refused:
                continue
            content = await brief_file.made(about, self.folder, "pdf", args["language"])
            kept = await self.keep(person_id, content, PDF, name=f"brief-{number}.pdf")
            with use(args["language"]):
                made.append([f"{number}. {meeting_words.issue(item)}", kept])
        with use(args["language"]):
            content, caption = meeting_calendar.file(record, self.zone, self.now()), _("For your calendar")
        made.append([caption, await self.keep(person_id, content, meeting_calendar.MIME, name="round-table.ics")])
        return {"papers": made}

    async def letter(self, person_id: int, args: Args) -> Result | None:
        """`args`: meeting, language. The issues of a table to which the municipality did not come."""
        record = await self._record(args["meeting"])
        async with self.engine.connect() as db:
            municipality = await places.municipality(db, municipality_id=record.municipality_id)
        if municipality is None:
            raise Hopeless("gone")
        with use(args["language"]):
            day = self.now().astimezone(self.zone).date()
            content = meeting_letter.file(record, municipality.named(args["language"]), day)
        return {"document": await self.keep(person_id, content, DOCX, name=f"issues-{record.number}.docx")}

    async def _record(self, meeting_id: int) -> Record:
        try:
            async with self.engine.connect() as db:
                return await meetings.read(db, meeting_id=meeting_id, zone=self.zone)
        except Refused as refusal:
            raise Hopeless(refusal.reason) from None
