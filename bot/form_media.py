"""What a form shows and plays beside its questions: made ready to be sent once, when a version of it is kept."""

from __future__ import annotations

import asyncio
import mimetypes
import zipfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from io import BytesIO

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.pictures import without_exif
from domain.forms import pictured
from domain.forms.form import Form, read_form
from domain.forms.xlsform import beside
from domain.forms.xlsform.book import PARTS_AT_MOST, UNPACKED_AT_MOST, Book
from domain.forms.xlsform.faults import Faulty, Reason
from publish import form_choices
from storage import form_media
from storage.form_media import Piece
from storage.forms import Draft

Keep = Callable[..., Awaitable[str]]
ADDRESSES = ("jr://images/", "jr://audio/", "jr://video/")  # as pyxform writes them
JPEG, PNG = "image/jpeg", "image/png"


def check(form: Form, files: Mapping[str, bytes], book: Book) -> None:
    """Raises Faulty for what is called a picture and is none."""
    faults = []
    for name in sorted(pictured.pictures(form)):
        try:
            without_exif(files[name])
        except ValueError:
            faults.append(beside.fault(Reason.NO_PICTURE, name, book))
    if faults:
        raise Faulty(*faults)


def unpacked(name: str, content: bytes) -> dict[str, bytes]:
    """The file under its name, or all files of an archive that came in its place."""
    if not content.startswith(b"PK\x03\x04") or name.endswith((".xlsx", ".zip")):
        return {name: content}
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = [part for part in packed.infolist() if not part.is_dir()][:PARTS_AT_MOST]
            if sum(part.file_size for part in parts) > UNPACKED_AT_MOST:
                return {name: content}
            return {part.filename.rpartition("/")[2]: packed.read(part) for part in parts}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        return {name: content}


async def put_up(engine: AsyncEngine, keep: Keep, *, version_id: int, draft: Draft) -> None:
    """Once for each version: the files, and for questions whose choices have pictures all of them as one."""
    if not any(each in draft.xform for each in ADDRESSES):
        return
    async with engine.connect() as db:
        if await form_media.of_version(db, version_id=version_id):
            return
    form = await asyncio.to_thread(read_form, draft.xform, draft.files)
    pieces = [await _file(keep, name, form, draft.files[name]) for name in pictured.files(form) if name in draft.files]
    for path, language in _with_choices(form):
        picture = await asyncio.to_thread(_composed, form, path, language, draft.files)
        pieces.append(Piece(path, language, await keep(None, picture, PNG, kind="photo")))
    async with engine.begin() as db:
        await form_media.keep(db, version_id=version_id, pieces=pieces)


async def _file(keep: Keep, name: str, form: Form, content: bytes) -> Piece:
    if name in pictured.pictures(form):
        picture = await asyncio.to_thread(without_exif, content)
        return Piece(name, "", await keep(None, picture, JPEG, kind="photo"))
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Piece(name, "", await keep(None, content, mime, name=name[-120:]))


def _with_choices(form: Form) -> Iterator[tuple[str, str]]:
    for path in pictured.paths(form):
        for language in pictured.languages(form):
            if pictured.choices(form, path, language):
                yield path, language


def _composed(form: Form, path: str, language: str, files: Mapping[str, bytes]) -> bytes:
    found = pictured.choices(form, path, language)
    names = {pictured.image(choice) for choice in found} & files.keys()
    return form_choices.png(found, {name: without_exif(files[name]) for name in names})
