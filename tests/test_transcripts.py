"""Conversations as they were played once: a change that would strand somebody midway asks another question here.

A transcript is made by `mrgvali play CONVERSATION --out tests/transcripts/NAME.json`, on the sample municipality.
"""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.phone import NoSuchButton, Phone
from bot.play.script import PHOTO, PLACE, TAP, Script, Step, meaning
from bot.play.stage import FILE, stage
from locales import LANGUAGES

FOLDER = Path(__file__).parent / "transcripts"


@pytest.fixture(scope="module")
def villages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The municipality on its first day, for people of each language."""
    return {language: asyncio.run(_made(tmp_path_factory.mktemp(language), language)) for language in LANGUAGES}


async def _made(folder: Path, language: str) -> Path:
    async with stage(folder, language):
        return folder / FILE


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
async def test_every_step_asks_what_it_asked(path: Path, tmp_path: Path, villages: dict[str, Path]) -> None:
    script = Script.read(path)
    shutil.copyfile(villages[script.language], tmp_path / FILE)
    async with stage(tmp_path, script.language) as village:
        phone = await village.begin(script.conversation, script.who)
        asked = [await village.pending(script.who)]
        for step in script.steps:
            await _do(phone, step)
            asked.append(await village.pending(script.who))
    assert asked == [script.asks, *(step.asks for step in script.steps)]


async def _do(phone: Phone, step: Step) -> None:
    if step.does == TAP:
        await phone.act(tap=await _button(phone, step), callback="c")
    elif step.does == PHOTO:
        await phone.photo()
    elif step.does == PLACE:
        lat, lon = map(float, step.what.split(","))
        await phone.location(lat, lon)
    else:
        await phone.send(step.what)


async def _button(phone: Phone, step: Step) -> str:
    """By what it carries: its words may have been said better since."""
    for message in reversed(await phone.messages()):
        for _label, data in message.buttons:
            if meaning(data) == step.what:
                return data
    raise NoSuchButton(f"{step.what} ({step.label}); the phone shows:\n{await phone.screen()}")
