"""Slow work of questionnaires: reading a file that was sent, and making what is handed out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import NoResultFound
from sqlalchemy.ext.asyncio import AsyncEngine

import publish
from bot import form_media
from bot.workshop import Args, Hopeless, Job, Result
from domain.forms.xlsform import source, working
from domain.forms.xlsform.faults import Faulty, Repair
from domain.refusal import Refused
from publish import form_answers, form_handout
from storage import fills, form_calls, forms, media
from storage.forms import Draft

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME = "form.xlsx"
OURS = Path(publish.__file__).parent / "forms"


@dataclass(frozen=True, slots=True)
class FormJobs:
    """`bring` gives a file's bytes, `keep` puts one of ours into the folder and answers its id."""

    engine: AsyncEngine
    now: Callable[[], datetime]
    bring: Callable[[str], Awaitable[bytes]]
    keep: Callable[..., Awaitable[str]]

    def all(self) -> dict[str, Job]:
        return {"read_form": self.read, "form_results": self.results}

    async def read(self, person_id: int, args: Args) -> Result | None:
        """`media` is the form, or `ours` the name of one of ours; `files` are the external ones by name.

        `repair` is what the author agreed to have mended.
        """
        content, name = await self._ours(args["ours"]) if "ours" in args else await self._file(args["media"])
        files = await self._beside(args.get("files", {}))
        repair = {Repair(each) for each in args.get("repair", ())}
        try:
            draft, minutes = await asyncio.to_thread(drafted, content, name, files, repair)
        except Faulty as faulty:
            return {"faults": [asdict(fault) for fault in faulty.faults]}
        try:
            async with self.engine.begin() as db:
                version_id, known = await forms.keep(db, draft=draft, by=person_id, now=self.now())
        except Refused as refusal:
            raise Hopeless(refusal.reason) from None
        await form_media.put_up(self.engine, self.keep, version_id=version_id, draft=draft)
        about = {"title": draft.title, "questions": draft.questions, "languages": len(draft.languages) or 1}
        mended = await self.keep(person_id, draft.source, XLSX, name=_mended(name)) if repair else None
        return {"version": version_id, "known": known, "minutes": minutes, "document": mended, **about}

    async def results(self, person_id: int, args: Args) -> Result | None:
        """`what` is made of the answers to `call`; the database is given back first, since it takes seconds.

        The group whose form it is has the pictures; what holds words and single answers is the desk's.
        """
        async with self.engine.connect() as db:
            call = await form_calls.call(db, call_id=args["call"])
            await form_calls.require_reader(db, call_id=args["call"], by=person_id)
            if args["what"] != "pictures":
                await form_calls.require_desk(db, call_id=args["call"], by=person_id)
            raw = await form_answers.raw(db, call_id=args["call"])
            known = await fills.known_of(db, call_id=args["call"])
        if not raw.rows:
            return {"empty": True}
        photos = await self._photos(raw) if args["what"] == "profile" else {}
        made = await asyncio.to_thread(form_handout.make, call, raw, args["what"], args["language"], known, photos)
        if made.photos:
            kept = [await self.keep(person_id, picture, "image/png", kind="photo") for picture in made.photos]
            return {"photos": kept}
        return {"document": await self.keep(person_id, made.document, made.mime, name=made.name)}

    async def _photos(self, raw: form_answers.Raw) -> dict[str, bytes]:
        """Those that are to be had; a photo that its author took back is gone."""
        found = {}
        for name in form_handout.photo_names(raw):
            with suppress(ValueError, NoResultFound):
                found[name] = await self.bring(name.partition(".")[0])
        return found

    async def _ours(self, name: str) -> tuple[bytes, str]:
        """A form that comes with the program."""
        return await asyncio.to_thread((OURS / f"{name}.md").read_bytes), f"{name}.md"

    async def _beside(self, sent: Mapping[str, str]) -> dict[str, bytes]:
        """By name; several may have come together in one archive."""
        found: dict[str, bytes] = {}
        for name, media_id in sent.items():
            content, _name = await self._file(media_id)
            found |= await asyncio.to_thread(form_media.unpacked, name, content)
        return found

    async def _file(self, media_id: str) -> tuple[bytes, str]:
        async with self.engine.connect() as db:
            row = await media.find(db, media_id=media_id)
        try:
            return await self.bring(media_id), row.name or NAME
        except ValueError:
            raise Hopeless("no_file") from None


def drafted(content: bytes, name: str, files: Mapping[str, bytes], repair: Any) -> tuple[Draft, int]:
    """The form, ready to be kept, and how many minutes it takes to answer. Raises Faulty."""
    read = source.read(content, repair, name=name)
    form = working.compiled(read, files)
    form_media.check(form, files, read.book)
    return (
        Draft(
            key=read.form_id,
            title=read.title,
            version=read.version,
            source=read.data,
            source_name=_mended(name) if repair else name,
            xform=read.xform,
            questions=working.questions(form),
            languages=form.languages,
            files=files,
        ),
        working.minutes(form),
    )


def _mended(name: str) -> str:
    return f"{name.rpartition('.')[0] or name}-mended.xlsx"
