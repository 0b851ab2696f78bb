"""The answers to a form, each opened as a session: what tables, pictures and papers are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.forms.form import Form, read_form
from domain.forms.session import Session, Setting
from locales import current
from storage import fills, forms
from storage.jsontext import loads


@dataclass(frozen=True, slots=True)
class Answered:
    """One finished answering; `number` counts them in the file, so that it leads to nobody."""

    number: int
    row: Row[Any]
    form: Form
    session: Session


@dataclass(frozen=True, slots=True)
class Raw:
    """As they lie in the database: opened outside of it, since that takes seconds for hundreds."""

    rows: Sequence[Row[Any]]
    texts: Mapping[int, tuple[str, dict[str, bytes]]]
    unfinished: int = 0  # begun, and not counted anywhere


async def raw(db: AsyncConnection, *, call_id: int) -> Raw:
    rows = await fills.done(db, call_id=call_id)
    versions = dict.fromkeys(row.version_id for row in rows)
    texts = {version_id: await forms.text(db, version_id=version_id) for version_id in versions}
    return Raw(rows, texts, len(await fills.open_of(db, call_id=call_id)))


def opened(found: Raw) -> list[Answered]:
    compiled = {version_id: read_form(*text) for version_id, text in found.texts.items()}
    return [_opened(number, row, compiled[row.version_id]) for number, row in enumerate(found.rows, start=1)]


def _opened(number: int, row: Row[Any], form: Form) -> Answered:
    kept = loads(row.answers)
    setting = Setting(now=row.done_at, language=spoken(form), seed=row.seed)
    return Answered(number, row, form, Session.load(form, kept["a"], setting))


def spoken(form: Form, code: str | None = None) -> str:
    """The form's own name of a language: "English (en)" for "en"; its default where it does not speak it."""
    wanted = code or current()
    names = {"ka": ("ქართული", "georgian"), "en": ("english",)}.get(wanted, ())
    for language in form.languages:
        folded = language.casefold()
        if f"({wanted})" in folded or folded == wanted or folded.startswith(names):
            return language
    return form.default_language
