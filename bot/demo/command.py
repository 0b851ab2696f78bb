"""`mrgvali demo`: the whole program on a sample municipality, in one process, with a calendar to move."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.app import App, build
from bot.channels.webchat import WebChat
from bot.clock import Clock
from bot.demo.calendar import Calendar
from bot.demo.data import rows
from bot.demo.seed import START, replies, seed
from bot.drain import drain
from bot.serve import Role, check_free, serve
from bot.settings import Settings
from bot.web.site import Demo, Phone
from storage import migrate, sweeps

FOLDER = Path(".demo")
CHANNEL = "web:demo"
PHONES = {"resident": ""}  # the resident has not said a name, and is never asked for one


async def demo(host: str, port: int, *, keep: bool) -> None:
    """Until Ctrl-C. Each port has a folder of its own, so that two demos do not meet."""
    check_free(host, port, f"Try another port: make demo PORT={port + 1 if port < 65535 else 8080}")
    print("The village wakes up: a few seconds ...", flush=True)
    stage = Stage(FOLDER / str(port))
    app = await stage.build(host, port, keep=keep)
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/demo"  # noqa: S104
    await serve(app, Role.ALL, ready=lambda: print(f"The village is awake: {address}   (Ctrl-C ends it)", flush=True))


@dataclass
class Stage:
    """The demo's files: the database that is played on, and the village as it was at the beginning."""

    folder: Path

    @property
    def live(self) -> Path:
        return self.folder / "village.db"

    @property
    def first(self) -> Path:
        return self.folder / "beginning.db"

    async def build(self, host: str, port: int, *, keep: bool) -> App:
        kept = keep and self.first.is_file() and self.live.is_file()
        if not kept:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
        settings = self._settings(host, port)
        await migrate.upgrade(settings.database_url)
        app = self._app(settings)
        if kept:
            await _go_on(app)
        else:
            await self._begin(app)
        return app

    def _settings(self, host: str, port: int) -> Settings:
        """Of what is set for the real program only the time and the time zone count here."""
        return Settings(
            database_url=f"sqlite+aiosqlite:///{self.live}",
            host=host,
            port=port,
            media_dir=self.folder / "media",
            public_url=None,
            telegram_token=None,
        )

    def _app(self, settings: Settings) -> App:
        start = settings.now or START
        channel, phones = WebChat(CHANNEL, settings.media_dir), _phones()

        async def advance(by: str) -> Mapping[str, Any]:
            return await Calendar(app, phones.keys()).advance(by)

        async def reset() -> None:
            await self._reset(app, start)

        app = build(settings, demo=Demo(channel, phones, advance, reset), clock=Clock(start))
        return app

    async def _begin(self, app: App) -> None:
        await seed(app.write, start=app.clock.now(), zone=app.settings.zone, channel=CHANNEL)
        await drain(app.worker, app.workshop)
        await replies(app.write, start=app.clock.now(), zone=app.settings.zone, channel=CHANNEL)
        await Calendar(app, ()).stand_at(app.clock.now())
        await asyncio.to_thread(_copy, self.live, self.first)

    async def _reset(self, app: App, start: datetime) -> None:
        """Page by page into the open database: whoever reads it meanwhile waits for a moment."""
        await asyncio.to_thread(_copy, self.first, self.live)
        app.clock.move_to(start)
        app.bell.ring()


def _phones() -> dict[str, Phone]:
    named = {row["phone"]: row["name"] for row in rows("cast") if row["phone"] and row["role"]} | PHONES
    return {external: Phone(external, name) for external, name in named.items()}


async def _go_on(app: App) -> None:
    """The calendar stands where it stood when the demo was left."""
    async with app.read.connect() as db:
        last = await sweeps.last(db)
    if last is not None:
        app.clock.move_to(last)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=10)) as new:
        old.backup(new)
