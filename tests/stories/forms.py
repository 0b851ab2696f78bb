"""Forms put to people, without the desk's part of it."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path

from PIL import Image

from bot import form_media
from bot.form_jobs import drafted
from bot.shelf import MediaFolder
from domain.forms.calls import Mode
from storage import form_calls, forms
from tests.stories.valley import GROUP, VALLEY, Valley

OURS = Path(__file__).parents[2] / "publish" / "forms"


def md(
    *rows: str, choices: tuple[str, ...] = (), columns: str = "type | name | label | relevant | constraint"
) -> bytes:
    text = f"| survey |\n| | {columns} |\n" + "\n".join(f"| | {row} |" for row in rows)
    if choices:
        text += "\n| choices |\n| | list_name | name | label |\n" + "\n".join(f"| | {row} |" for row in choices)
    return text.encode()


async def put(
    valley: Valley,
    content: bytes,
    mode: Mode = Mode.PERSON,
    files: dict[str, bytes] | None = None,
    folder: Path | None = None,
) -> int:
    """Kept, published and put to the valley or its group; answers the call. Nobody was told yet.

    `folder` is where what it shows and plays is put up.
    """
    draft, _minutes = drafted(content, "test.md", files or {}, ())
    engine, now = valley.town.engine, valley.town.clock.now()
    async with engine.begin() as db:
        version_id, _known = await forms.keep(db, draft=draft, by=None, now=now)
        form_id = await forms.publish(db, version_id=version_id, by=None, now=now)
        group_id = None if mode is Mode.PERSON else GROUP
        where = {"community_id": VALLEY, "group_id": group_id}
        call = await form_calls.open_(db, form_id=form_id, mode=mode, by=None, now=now, **where)
    if folder is not None:
        keep = partial(MediaFolder(engine, folder).keep, now=now)
        await form_media.put_up(engine, keep, version_id=version_id, draft=draft)
    return call


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (90, 60), colour).save(out, "PNG")
    return out.getvalue()


# A form that shows and plays something beside its questions.
GARDEN = b"""
| survey |
| | type | name | label | media::image | media::audio |
| | text | words | What grows in your garden? | garden.png | garden.mp3 |
| | select_multiple kinds | trees | Which trees do you have? | | |
| | text | last | Anything else? | | |
| choices |
| | list_name | name | label | media::image |
| | kinds | fig | Fig | fig.png |
| | kinds | plum | Plum | plum.png |
"""
IMAGES = {
    "garden.png": picture("#00000000"),
    "garden.mp3": b"ID3 a recording",
    "fig.png": picture("purple"),
    "plum.png": picture("blue"),
}
