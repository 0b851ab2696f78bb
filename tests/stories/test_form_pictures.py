"""Pictures and recordings that a form shows beside its questions, from the coordinator's files to people's phones."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PIL import Image

from storage import form_media
from tests.stories.forms import GARDEN, IMAGES, put
from tests.stories.test_forms_desk import desk
from tests.stories.valley import Valley
from tests.stories.workshop import Bench
from tests.town import TELEGRAM, VIBER, WEB, Phone

PAGED = b"""
| survey |
| | type | name | label | appearance | media::image |
| | begin_group | home | Your home | field-list | |
| | note | look | Look at these. | | garden.png |
| | text | a | What is it? | | |
| | text | b | Whose is it? | | |
| | end_group | | | | |
"""
TWO_LANGUAGES = """
| survey |
| | type | name | label::English (en) | label::ქართული (ka) | image::English (en) | image::ქართული (ka) |
| | text | a | What is it? | რა არის? | garden.png | fig.png |
""".encode()


@pytest.fixture
def bench(valley: Valley, tmp_path: Path) -> Bench:
    return Bench(valley, tmp_path)


async def begin(valley: Valley, folder: Path, channel: str, content: bytes = GARDEN) -> Phone:
    """A form with pictures is put to people, and one of them begins."""
    phone = await valley.resident("nino", channel=channel)
    for _again in range(2):
        call = await put(valley, content, files=IMAGES, folder=folder)
    await phone.start(f"f{call}")
    await phone.tap("Let us begin")
    return phone


async def shown(valley: Valley) -> dict[str, str]:
    async with valley.town.engine.connect() as db:
        return {name: kept.media_id for (name, _), kept in (await form_media.of_version(db, version_id=1)).items()}


@pytest.mark.parametrize("channel", [TELEGRAM, VIBER, WEB])
async def test_the_picture_stands_with_the_question_and_the_recording_before_it(
    valley: Valley, tmp_path: Path, channel: str
) -> None:
    nino = await begin(valley, tmp_path, channel)
    kept = await shown(valley)
    recording, question = [each.raw for each in await nino.messages()][-2:]
    assert recording["voice" if channel == WEB else "document"] == kept["garden.mp3"]
    assert (question["photo"], question["alt"]) == (kept["garden.png"], "What grows in your garden?")
    assert "What grows in your garden?" in question["text"]


async def test_choices_with_pictures_are_one_picture_with_their_numbers(valley: Valley, tmp_path: Path) -> None:
    nino = await begin(valley, tmp_path, TELEGRAM)
    asked = await nino.send("Roses")
    assert asked.raw["photo"] == (await shown(valley))["/form/trees"]
    assert [label for label, _data in asked.buttons if ". " in label] == ["1. Fig", "2. Plum"]
    again = await nino.tap("2. Plum")
    assert again.raw["edits"]
    assert again.raw["photo"] == asked.raw["photo"]
    assert "Anything else?" in (await nino.tap("Done")).text
    assert (await nino.last()).raw.get("photo") is None


async def test_each_version_has_its_files_once(valley: Valley, tmp_path: Path) -> None:
    await begin(valley, tmp_path, TELEGRAM)
    kept = await shown(valley)
    assert set(kept) == {*IMAGES, "/form/trees"}
    files = await asyncio.to_thread(lambda: list(tmp_path.iterdir()))
    made = {file.name for file in files if len(file.name) == 32}
    assert made == set(kept.values()), "and once"
    with Image.open(tmp_path / kept["garden.png"]) as see_through:
        assert see_through.convert("RGB").getpixel((0, 0)) == (255, 255, 255), "on white, not on black"
    with Image.open(tmp_path / kept["/form/trees"]) as composed:
        assert composed.width == 720


async def test_the_picture_is_the_one_of_the_language(valley: Valley, tmp_path: Path) -> None:
    nino = await begin(valley, tmp_path, TELEGRAM, TWO_LANGUAGES)
    kept = await shown(valley)
    assert (await nino.last()).raw["photo"] == kept["garden.png"]
    await nino.send("/language")
    await nino.tap("ქართული")
    assert (await nino.last()).raw["photo"] == kept["fig.png"]


async def test_a_page_with_pictures_is_asked_one_by_one_with_its_notes(valley: Valley, tmp_path: Path) -> None:
    nino = await begin(valley, tmp_path, WEB, PAGED)
    note, question = [each.raw for each in await nino.messages()][-2:]
    assert note["photo"] == (await shown(valley))["garden.png"]
    assert note["text"].endswith("Look at these.")
    assert question["text"].endswith("What is it?")
    assert "sheet" not in question


async def test_the_coordinator_is_asked_for_each_file_and_tries_the_form(bench: Bench) -> None:
    cora = await desk(bench)
    asked = await bench.send_file(cora, GARDEN, "garden.md")
    assert "Sheet “choices”, row 2: The form needs the file “fig.png”." in "\n".join(await cora.texts())
    while "Please send the file" in asked.text:
        name = asked.text.partition("Please send the file “")[2].partition("”")[0]
        asked = await bench.send_file(cora, IMAGES[name], name)
    assert "is ready: 3 questions" in "\n".join(await cora.texts())
    tried = await cora.tap("Try it")
    assert (bench.folder / tried.raw["photo"]).is_file()


async def test_a_form_that_was_published_without_its_pictures_is_still_asked(valley: Valley, tmp_path: Path) -> None:
    nino = await valley.resident("nino")
    call = await put(valley, GARDEN, files=IMAGES)
    await nino.start(f"f{call}")
    asked = await nino.tap("Let us begin")
    assert "What grows in your garden?" in asked.text
    assert asked.raw.get("photo") is None
