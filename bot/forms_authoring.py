"""Forms on the command line: checked, played in the terminal, put to people."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TextIO

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot import form_media
from bot.demo.seed import HOME
from bot.errors import OperatorError
from bot.form_jobs import drafted
from bot.play.script import Script
from bot.play.session import Session
from bot.play.stage import NEIGHBOUR, stage
from bot.settings import Settings
from bot.shelf import MediaFolder
from conversations import form_words
from conversations.form_faults import in_words
from conversations.refusals import words
from domain.forms.calls import Mode
from domain.forms.xlsform.faults import Faulty, Repair
from domain.refusal import Refused
from locales import LANGUAGES, use
from storage import form_calls, forms, groups, migrate, places
from storage.engine import write_engine
from storage.forms import Draft

CONVERSATION = "my_forms"


async def check(file: Path, media: Path | None, *, repair: bool) -> None:
    """A mended form is written into the folder where the command is given: the one that was sent stays as it is."""
    draft, minutes = await _draft(file, media, repair=repair)
    with use("en"):
        languages = len(draft.languages) or 1
        about = {"title": draft.title, "questions": draft.questions, "languages": languages, "minutes": minutes}
        _say(form_words.ready(about))
    if draft.source_name != file.name:
        mended = Path(f"{file.stem}-mended.xlsx")
        await asyncio.to_thread(mended.write_bytes, draft.source)
        _say(f"The mended form is {mended}.")


async def play(file: Path, language: str, media: Path | None, source: TextIO, screen: TextIO) -> None:
    if language not in LANGUAGES:
        raise OperatorError(f'"{language}" is not spoken here. These are: {", ".join(LANGUAGES)}.')
    draft, _minutes = await _draft(file, media, repair=False)
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), language) as village:
            async with village.engine.begin() as db:
                community_id = (await _home(db)).id
                now = village.clock.now()
                version_id, _call = await _put(db, draft, Mode.PERSON, now, community_id=community_id)
            keep = partial(MediaFolder(village.engine, village.folder / "media").keep, now=now)
            await form_media.put_up(village.engine, keep, version_id=version_id, draft=draft)
            await Session(village, Script(CONVERSATION, language, NEIGHBOUR), source, screen).run()


async def publish(settings: Settings, file: Path, media: Path | None, whom: str, mode: Mode | None) -> None:
    """`whom` is a community's Georgian or English name, a group's name or its number."""
    draft, _minutes = await _draft(file, media, repair=False)
    async with _database(settings) as engine:
        now = datetime.now(UTC)
        async with engine.begin() as db:
            where, mode = await _whom(db, whom, mode)
            try:
                version_id, call_id = await _put(db, draft, mode, now, **where)
            except Refused as refusal:
                with use("en"):
                    raise OperatorError(f"{file}: {words(refusal)}") from None
        keep = partial(MediaFolder(engine, settings.media_dir).keep, now=now)
        await form_media.put_up(engine, keep, version_id=version_id, draft=draft)
    _say(f"“{draft.title}” is put to {whom}. Its link ends in ?start=f{call_id}")


async def _whom(db: AsyncConnection, whom: str, mode: Mode | None) -> tuple[dict[str, int], Mode]:
    community_id = await places.community_named(db, name=whom)
    if community_id is not None and mode in {None, Mode.PERSON}:
        return {"community_id": community_id}, Mode.PERSON
    found = await groups.named(db, name=whom, community_id=community_id)
    if len(found) > 1:
        each = ", ".join(f"{one.id} ({one.name}, {one.community.en})" for one in found)
        raise OperatorError(f"There are several groups in or of “{whom}”. Give the number of one: {each}.")
    if found:
        return {"group_id": found[0].id}, mode or Mode.GROUP
    if community_id is not None:
        raise OperatorError(f"A form for {mode}s is put to a group, and “{whom}” has none yet.")
    if whom.isdecimal():
        raise OperatorError(f"There is no group {whom}. Give a group's number or name, or the name of a community.")
    raise OperatorError(f'There is no community or group "{whom}". Import places first: mrgvali places import FILE.csv')


async def _put(db: AsyncConnection, draft: Draft, mode: Mode, now: datetime, **where: int) -> tuple[int, int]:
    """The version's and the call's id."""
    version_id, _known = await forms.keep(db, draft=draft, by=None, now=now)
    form_id = await forms.publish(db, version_id=version_id, by=None, now=now)
    place = {"community_id": where.get("community_id"), "group_id": where.get("group_id")}
    return version_id, await form_calls.open_(db, form_id=form_id, mode=mode, by=None, now=now, **place)


async def _home(db: AsyncConnection) -> places.Place:
    """Where the neighbour of the sample municipality lives."""
    [municipality] = await places.municipalities(db)
    found = await places.villages_of(db, municipality_id=municipality.id)
    return next(village.community for village in found if village.place.ka == HOME)


async def _draft(file: Path, media: Path | None, *, repair: bool) -> tuple[Draft, int]:
    try:
        content = await asyncio.to_thread(file.read_bytes)
        files = await asyncio.to_thread(_files, media) if media else {}
    except OSError as error:
        raise OperatorError(f"{error.filename or file} cannot be read: {error.strerror}.") from None
    try:
        return await asyncio.to_thread(_mended, content, file.name, files, repair=repair)
    except Faulty as faulty:
        with use("en"):
            lines = [f"{file}: {in_words(fault)}" for fault in faulty.faults]
        if any(fault.repair for fault in faulty.faults):
            lines.append("Some of it can be mended without guessing: mrgvali forms check --repair FILE")
        raise OperatorError("\n".join(lines)) from None


def _mended(content: bytes, name: str, files: dict[str, bytes], *, repair: bool) -> tuple[Draft, int]:
    """With `repair`, what needs no guessing is mended, and only that: pyxform shows its faults one after the other."""
    agreed: set[Repair] = set()
    while True:
        try:
            return drafted(content, name, files, agreed)
        except Faulty as faulty:
            more = {fault.repair for fault in faulty.faults if fault.repair is not None} - agreed
            if not repair or not more:
                raise
            agreed |= more


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[AsyncEngine]:
    if settings.database_url.startswith("sqlite"):
        await migrate.upgrade(settings.database_url)
    engine = write_engine(settings.database_url)
    try:
        yield engine
    finally:
        await engine.dispose()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
