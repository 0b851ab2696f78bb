"""The community profile is filled by three members over three days: on Telegram, on Viber and in a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.form_jobs import drafted
from conversations.forms.filling import load as filling_of
from domain.forms.asked import Asked, Kind
from domain.forms.calls import Mode
from domain.people import CONSENT_VERSION, Role
from locales import use
from publish import form_answers, form_handout
from storage import fills as kept
from storage import form_calls, forms
from storage.engine import write_engine
from storage.people import PURPOSE
from storage.tables.forms import fill_answers, fill_sections, fills
from storage.tables.people import addresses, consents, people
from storage.tables.roles import roles
from storage.tables.turns import runs
from tests.bot.web.test_files import jpeg
from tests.fakes.telegram_server import telegram_server
from tests.fakes.viber_files import viber_files
from tests.fakes.viber_server import viber_server
from tests.phones.web import browser
from tests.scenarios.handsets import on_telegram, on_the_web, on_viber
from tests.scenarios.program import Program, program
from tests.scenarios.town import at
from tests.stories.forms import OURS
from tests.stories.valley import GROUP, Valley
from tests.town import TBILISI

# Which of the sixteen parts each takes, on which day of March.
BY = {"telegram": (3, range(7)), "viber": (4, range(7, 14)), "web": (5, range(14, 16))}


@dataclass
class Group:
    """Three phones of one group, and the program that answers them."""

    program: Program
    phones: dict[str, Any]
    call: int = 0

    @property
    def engine(self) -> Any:
        return self.program.engine

    async def rows(self, query: Any) -> list[Any]:
        async with self.engine.connect() as db:
            return list((await db.execute(query)).all())


@asynccontextmanager
async def group(database_url: str, media: Path) -> AsyncIterator[Group]:
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(telegram_server())
        viber = await stack.enter_async_context(viber_server())
        files = await stack.enter_async_context(viber_files())
        chromium = await stack.enter_async_context(browser())
        apis = {"telegram_api": telegram.address, "viber_api": viber.address}
        running = await stack.enter_async_context(program(database_url, media, **apis, public=True))
        await viber.hooked()
        phones = {
            "telegram": on_telegram(telegram, running, 7001, "en"),
            "viber": on_viber(viber, files, running, 1, "en"),
            "web": await on_the_web(chromium, running, "en"),
        }
        yield Group(running, phones)


async def founded(made: Group, database_url: str) -> None:
    """The valley with its group; its three members were welcomed long ago."""
    engine = write_engine(database_url)
    now = made.program.clock.now()
    try:
        await Valley(Bare(engine, made.program.clock)).settle()  # type: ignore[arg-type]
        for name, phone in made.phones.items():
            await phone.start()
            if name == "viber":  # who has not written yet is not subscribed, and is told nothing
                await phone.send("/menu")
            await made.program.settle()
            external = await phone.external()
            async with engine.begin() as db:
                found = select(addresses.c.person_id).where(addresses.c.external == external)
                person = (await db.execute(found)).scalar_one()
                known = {"welcomed_at": now, "language": "en", "village_id": 1}
                await db.execute(update(people).where(people.c.id == person).values(**known))
                await db.execute(update(runs).where(runs.c.person_id == person).values(state="done"))
                yes = {"purpose": PURPOSE, "version": CONSENT_VERSION, "language": "en", "given_at": now}
                await db.execute(insert(consents), [{**yes, "person_id": person}])
                role = {"role": Role.MEMBER, "group_id": GROUP, "granted_at": now, "name": name}
                await db.execute(insert(roles), [{**role, "person_id": person}])
        profile = OURS / "community_profile.md"
        draft, _minutes = drafted(profile.read_bytes(), profile.name, {}, ())
        async with engine.begin() as db:
            version_id, _known = await forms.keep(db, draft=draft, by=None, now=now)
            form_id = await forms.publish(db, version_id=version_id, by=None, now=now)
            made.call = await form_calls.open_(db, form_id=form_id, mode=Mode.GROUP, by=None, now=now, group_id=GROUP)
    finally:
        await engine.dispose()


@dataclass
class Bare:
    """As much of a town as settling a valley takes."""

    engine: Any
    clock: Any


async def asked_of(made: Group, external: str) -> Asked | None:
    """The question on this person's phone; None where the form waits for nothing."""
    person = select(addresses.c.person_id).where(addresses.c.external == external).scalar_subquery()
    query = select(runs.c.draft, runs.c.person_id).where(runs.c.person_id == person, runs.c.state == "front")
    [row] = await made.rows(query)
    if not row.draft or '"at"' not in row.draft:
        return None
    reference = row.draft.partition('"at":')[2].lstrip(' "').partition('"')[0]
    [fill] = await made.rows(select(fills.c.id))
    async with made.engine.connect() as db:
        with use("en"):
            now = made.program.clock.now()
            filling = await filling_of(db, fill_id=fill.id, person_id=row.person_id, now=now, zone=TBILISI)
    return None if reference[0] in "+!" else filling.session.question(reference)


async def take(made: Group, name: str, number: int) -> None:
    phone = made.phones[name]
    await phone.tap(f"{number + 1}. ")
    external = await phone.external()
    while "Which part do you take" not in (screen := await phone.last()).text:
        asked = await asked_of(made, external)
        if asked is None:
            await phone.tap("that is all")
        elif asked.kind is Kind.INTEGER and not asked.path.endswith("year"):
            await phone.send("7" if "hours" not in asked.path else "5")
            if "The number should be" in (await phone.last()).text:
                await phone.tap("Skip")
        elif asked.path.endswith(("known_for", "history")):
            await phone.send("ძველი წყაროთი და ხიდით")
        elif asked.path.endswith("/view"):
            await phone.photo(jpeg(400, 300))
        else:
            await phone.tap("Skip")
        assert screen.buttons


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_three_members_three_days_three_channels(database_url: str, tmp_path: Path) -> None:
    async with group(database_url, tmp_path / "media") as made:
        await founded(made, database_url)
        for name, (day, parts) in BY.items():
            async for _moment in made.program.pass_to(at(day, 3)):
                pass
            phone = made.phones[name]
            await phone.tap("Let us begin")
            for number in parts:
                await take(made, name, number)
            if name != "web":
                await phone.tap("enough for today")
        board = (await made.phones["web"].last()).text
        assert "16 of 16 parts are done, 100 %" in board
        await made.phones["web"].tap("Look at everything")
        await made.phones["web"].tap("it is ready")
        [fill] = await made.rows(select(fills))
        assert (fill.state, fill.percent) == ("done", 100)
        given = await made.rows(select(fill_answers.c.person_id, fill_answers.c.at))
        assert len({row.person_id for row in given}) == 3
        assert {row.at.astimezone(TBILISI).day for row in given} >= {3, 4, 5}
        assert len(await made.rows(select(fill_sections))) == 16
        await paper(made, tmp_path)


async def paper(made: Group, folder: Path) -> None:
    """The profile of it, as the desk gets it."""
    async with made.engine.connect() as db:
        call = await form_calls.call(db, call_id=made.call)
        raw = await form_answers.raw(db, call_id=made.call)
        known = await kept.known_of(db, call_id=made.call)
    [photo] = form_handout.photo_names(raw)
    photos = {photo: (folder / "media" / photo.partition(".")[0]).read_bytes()}
    handed = form_handout.make(call, raw, "profile", "ka", known, photos)
    assert handed.document.startswith(b"%PDF")
    (folder / "profile.pdf").write_bytes(handed.document)
