"""Papers and pictures made by typst, and the one place where it is called.

A template is publish/templates/NAME.typ. What people wrote goes in as JSON and is only ever shown, never run as markup.
It takes 0.02 to 0.2 s: in the running program it is work (bot/jobs.py), never part of a turn.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pymupdf_fonts
import typst

from publish import sums

TEMPLATES = Path(__file__).parent / "templates"
FONTS = ("figo", "figbo", "figit")  # FiraGO by the names of pymupdf-fonts: Georgian, Latin, Cyrillic, the lari
NO_GLYPH = re.compile("[\U0001f000-\U0010ffff\ufe00-\ufe0f\u200d\u20e3] ?")  # emoji would be printed as empty boxes
ENDLESS = re.compile(r"\S{30}(?=\S{30})")  # so long a word would run off the page
BREAK = "\u200b"  # a place to break a line, of no width

Images = Mapping[str, bytes]


def pdf(template: str, data: Mapping[str, Any], *, images: Images | None = None) -> bytes:
    """`data` is the template's `data`; `images` are files by the name under which the template shows them."""
    return _made(template, data, images, "pdf")


def png(template: str, data: Mapping[str, Any], *, images: Images | None = None, ppi: float = 144) -> bytes:
    """A picture of one page; 72 pixels an inch make a point of the template one pixel."""
    return _made(template, data, images, "png", ppi)


def svg(template: str, data: Mapping[str, Any], *, images: Images | None = None) -> bytes:
    return _made(template, data, images, "svg")


def _made(
    template: str,
    data: Mapping[str, Any],
    images: Images | None,
    form: Literal["pdf", "png", "svg"],
    ppi: float | None = None,
) -> bytes:
    inputs = {"data": json.dumps(_printable(data), ensure_ascii=False)}
    with tempfile.TemporaryDirectory(prefix="mrgvali-paper-") as folder:  # it can see nothing else
        for path in TEMPLATES.glob("*.typ"):
            shutil.copy(path, folder)
        for name, content in (images or {}).items():
            (Path(folder) / name).write_bytes(content)
        made: bytes | list[bytes] = typst.compile(
            Path(folder) / f"{template}.typ",
            root=Path(folder),
            font_paths=_fonts(),
            format=form,
            ppi=ppi,
            sys_inputs=inputs,
        )
    if not isinstance(made, bytes):
        raise ValueError(f"{template} has {len(made)} pages: a picture has one")
    return made


def _printable(value: Any) -> Any:
    """The same, of letters that can be printed and words that fit on a line."""
    if isinstance(value, str):
        return ENDLESS.sub(lambda run: run.group() + BREAK, NO_GLYPH.sub("", sums.whole(value)))
    if isinstance(value, Mapping):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value


@cache
def _fonts() -> typst.Fonts:
    """Ours and typst's own (DejaVu Sans Mono has the Armenian), so that a paper looks alike on every machine.

    typst reads a font when it first meets it, and keeps it: after one page with each the files are not needed.
    """
    with tempfile.TemporaryDirectory(prefix="mrgvali-fonts-") as folder:
        for name in FONTS:
            (Path(folder) / f"{name}.ttf").write_bytes(pymupdf_fonts.myfont(name))
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[folder])
        typst.compile(b'#set text(font: "FiraGO")\na *b* _c_', format="svg", font_paths=fonts)
    return fonts
