"""What the commands do; bot/__main__.py only reads their arguments."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot import ledger_commands, memory
from bot.app import build
from bot.bench import forms as forms_bench
from bot.bench import turn as turn_bench
from bot.bench import viber as viber_bench
from bot.bench.scale import run as scale_bench
from bot.demo import command as demo_command
from bot.errors import OperatorError
from bot.play import session
from bot.secret import secret_key
from bot.serve import Role, check_free
from bot.serve import serve as serve_app
from bot.settings import Settings
from conversations.places_faults import in_words
from conversations.refusals import words
from domain import people
from domain.links import INVITATION, Links
from domain.refusal import Refused
from locales import use
from publish.answers_xlsx import answers_xlsx
from storage import groups, invitations, migrate, places, places_import, queue
from storage.engine import write_engine


async def serve(settings: Settings, role: Role) -> None:
    """On SQLite the tables are brought up to date first; on PostgreSQL that is a step of its own, done once."""
    if role in (Role.ALL, Role.WEB):
        check_free(settings.host, settings.port, "Set MRGVALI_PORT to another one.")
    if settings.database_url.startswith("sqlite"):
        await migrate.upgrade(settings.database_url)
    else:
        await _check_tables(settings.database_url)
    await serve_app(build(settings), role, ready=lambda: _say(_ready(settings, role)))


def _ready(settings: Settings, role: Role) -> str:
    where = f": {settings.public_url or settings.local}" if role in (Role.ALL, Role.WEB) else ""
    what = "Mrgvali" if role is Role.ALL else f"Mrgvali's {role}"
    return f"{what} is ready{where}   (Ctrl-C ends it)"


async def _check_tables(url: str) -> None:
    """A program without its tables would only fill the log. An unreachable database is waited for, as at any time."""
    engine = write_engine(url)
    try:
        at = await migrate.current(engine)
    except (SQLAlchemyError, OSError):
        return
    finally:
        await engine.dispose()
    if at is None or at < migrate.newest():  # a newer program has been here: going on is no harm
        raise OperatorError("The database has not all tables yet. Run: mrgvali db upgrade")


async def demo(host: str, port: int, *, keep: bool) -> None:
    await demo_command.demo(host, port, keep=keep)


async def play(conversation: str, language: str, who: str | None, out: Path | None) -> None:
    await session.play(conversation, language=language, who=who, out=out, source=sys.stdin, screen=sys.stdout)


async def upgrade(settings: Settings) -> None:
    await migrate.upgrade(settings.database_url)
    _say("The database is up to date.")


async def invite(
    settings: Settings, role: people.Role, municipality: str | None, group: int | None, office: str | None
) -> None:
    async with _transaction(settings) as db:
        municipality_id = None if municipality is None else await _municipality(db, municipality)
        if group is not None and await groups.group(db, group_id=group) is None:
            raise OperatorError(
                f"There is no group {group}. A coordinator makes groups in chat, and sees their numbers."
            )
        try:
            made = await invitations.make(
                db,
                by=None,
                role=role,
                now=datetime.now(UTC),
                group_id=group,
                municipality_id=municipality_id,
                office=office,
            )
        except Refused:
            raise OperatorError(
                f"A {role} needs {'--group' if role in invitations.IN_A_GROUP else '--municipality'}."
            ) from None
    username, uri = await _names(settings)
    links = Links(username, settings.public_url or settings.local, uri)
    for link in links.all(INVITATION + made.token):
        _say(link)
    _say(f"For one person, until {made.expires_at:%d.%m.%Y}.")


async def _names(settings: Settings) -> tuple[str | None, str | None]:
    """Telegram's and Viber's names for us; without them the web link still works."""
    app = build(settings)
    try:
        for name, channel in (("Telegram", app.telegram), ("Viber", app.viber)):
            try:
                if channel is not None:
                    await channel.learn_name()
            except Exception as error:
                _say(f"{name} could not be asked for the bot's name ({error}); its link is not shown.")
    finally:
        await app.close()
    return app.telegram.username if app.telegram else None, app.viber.uri if app.viber else None


async def _municipality(db: AsyncConnection, name: str) -> int:
    found = await places.municipality_named(db, name=name)
    if found is None:
        raise OperatorError(f'There is no municipality "{name}". Import places first: mrgvali places import FILE.csv')
    return found


async def import_places(settings: Settings, file: Path) -> None:
    try:
        data = await asyncio.to_thread(file.read_bytes)
    except OSError as error:
        raise OperatorError(f"{file} cannot be read: {error.strerror}.") from None
    async with _transaction(settings) as db:
        result = await places_import.import_csv(db, by=None, data=data)
    faults = result.get("faults", [])
    if faults:
        with use("en"):
            raise OperatorError("\n".join(f"{file}: {in_words(fault)}" for fault in faults))
    _say(f"{result['added']} villages added, {result['changed']} changed, {result['same']} as they were.")


async def parked(settings: Settings, again: int | None) -> None:
    async with _transaction(settings) as db:
        if again is not None:
            if not await queue.unpark(db, inbox_id=again):
                raise OperatorError(f"Message {again} is not parked.")
            return _say(f"Message {again} is played again when the program runs.")
        rows = await queue.parked(db)
    for row in rows:
        _say(f"{row.id}\t{row.channel}\tperson {row.person_id}\t{row.received_at:%Y-%m-%d %H:%M}\t{row.error}")
    _say(f"{len(rows)} parked.")


async def verify_ledger(settings: Settings) -> None:
    async with _engine(settings) as engine:
        fault = await ledger_commands.verify(engine, secret_key(settings).encode())
    if fault is not None:
        raise OperatorError(f"The ledger does not fit: {fault}")
    _say("The ledger is whole.")


async def export_ledger(settings: Settings) -> None:
    async with _engine(settings) as engine:
        async for line in ledger_commands.export(engine):
            _say(line)


async def export_answers(settings: Settings, poll: int, out: Path) -> None:
    async with _transaction(settings) as db:
        try:
            content = await answers_xlsx(db, {"poll": poll})
        except Refused as refusal:
            with use("en"):
                raise OperatorError(f"Poll {poll}: {words(refusal)}") from None
    await asyncio.to_thread(out.write_bytes, content)
    _say(f"{out} is written. It holds what people said: keep it as you would keep their letters.")


def bench_turn(users: int, *, with_peers: bool, repeat: int = 1) -> None:
    _say(json.dumps(turn_bench.run(users, with_peers=with_peers, repeat=repeat), indent=2))


def bench_viber(messages: int, *, repeat: int, rate: int, seconds: int) -> None:
    _say(json.dumps(viber_bench.run(messages, repeat=repeat, rate=rate, seconds=seconds), indent=2))


def bench_forms(questions: int, *, with_peers: bool, repeat: int, node_modules: Path | None) -> None:
    _say(
        json.dumps(
            forms_bench.run(questions, with_peers=with_peers, repeat=repeat, node_modules=node_modules), indent=2
        )
    )


async def bench_scale(fraction: float, *, sqlite: bool) -> None:
    memory.settle()  # as `mrgvali serve` does
    _say(json.dumps(await scale_bench.run(fraction, sqlite=sqlite), indent=2))


def database_trouble(error: Exception) -> str:
    """What to do, instead of a driver's traceback."""
    reason = str(getattr(error, "orig", error)).splitlines()[0]
    if "no such table" in reason or "does not exist" in reason:
        return f"The database has not all tables yet ({reason}). Run: mrgvali db upgrade"
    return f"That did not work: {reason}. Look at MRGVALI_DATABASE_URL and whether the database runs."


@asynccontextmanager
async def _engine(settings: Settings) -> AsyncIterator[AsyncEngine]:
    if settings.database_url.startswith("sqlite"):
        await migrate.upgrade(settings.database_url)
    engine = write_engine(settings.database_url)
    try:
        yield engine
    finally:
        await engine.dispose()


@asynccontextmanager
async def _transaction(settings: Settings) -> AsyncIterator[AsyncConnection]:
    async with _engine(settings) as engine, engine.begin() as db:
        yield db


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
