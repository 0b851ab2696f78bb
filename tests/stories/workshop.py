"""The worker that does slow work beside the turns, and a terminal that can hold files."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bot.channels.terminal import Terminal
from bot.jobs import Jobs
from bot.workshop import Workshop
from tests.stories.valley import Valley
from tests.town import TBILISI, TELEGRAM, WEB, Phone, Shown


class Post(Terminal):
    """Hands over what a test has put under a name; everything else cannot be had."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, bytes] = {}

    async def fetch(self, ref: str, limit: int) -> bytes:
        if ref not in self.files or len(self.files[ref]) > limit:
            raise ValueError(f"no file {ref}")
        return self.files[ref]


@dataclass
class Bench:
    """`work` does all that waits, and lets the phones show what came of it."""

    valley: Valley
    folder: Path
    post: Post = field(default_factory=Post)

    def __post_init__(self) -> None:
        town = self.valley.town
        town.channel = self.post
        town.worker = town.new_worker()
        jobs = Jobs(
            town.engine, dict.fromkeys((self.post.name, TELEGRAM, WEB), self.post), town.clock, self.folder, TBILISI
        )
        self.workshop = Workshop(town.engine, town.clock, jobs.all(), lambda: None)

    async def work(self, phone: Phone) -> Shown:
        """What comes of one piece of work may ask for another."""
        await self.workshop.drain()
        await self.valley.town.worker.drain()
        while await self.workshop.once():
            await self.valley.town.worker.drain()
        return await phone.last()

    async def send_file(self, phone: Phone, content: bytes, name: str = "places.csv") -> Shown:
        ref = f"file-{len(self.post.files)}"
        self.post.files[ref] = content
        await phone.document(ref, name, size=len(content))
        return await self.work(phone)
