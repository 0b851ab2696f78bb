"""Everything that is handed out of a form's answers, by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.forms.calls import Mode
from locales import _, current, ngettext, use
from publish import day_words, form_papers, form_tables
from publish.form_answers import Answered, Raw, opened

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PHOTO = re.compile(r"[0-9a-f]{32}\.(?:jpe?g|png)")


@dataclass(frozen=True, slots=True)
class Handout:
    """Pictures for the chat, or a document with its kind and name."""

    document: bytes = b""
    mime: str = ""
    name: str = ""
    photos: Sequence[bytes] = ()


def photo_names(raw: Raw) -> list[str]:
    """The pictures that the answers name: a file's name is its media id with an ending."""
    return list(dict.fromkeys(name for row in raw.rows for name in _PHOTO.findall(row.answers)))


def make(
    call: Any, raw: Raw, what: str, language: str, known: Mapping[str, int], photos: Mapping[str, bytes]
) -> Handout:
    with use(language):
        answers, place = opened(raw), call.name_ka if current() == "ka" else call.name_en
        if what == "pictures":
            about = {"title": call.title, "place": place, "closed": call.closed_at is not None}
            together, open_ = call.mode == Mode.GROUP, unfinished(raw.unfinished)
            return Handout(photos=form_papers.pictures(answers, **about, together=together, unfinished=open_))
        if what == "profile":
            return _profile(answers[-1], place, known, photos)
        return _table(answers, call.key, what, raw.unfinished)


def _profile(answered: Answered, place: str, known: Mapping[str, int], photos: Mapping[str, bytes]) -> Handout:
    title = _("Community profile: {place}").format(place=place)
    day = answered.row.done_at.date()
    dated = f"{place} · {day_words.day(day)}"
    paper = form_papers.profile(answered, title=title, place=dated, known=known, photos=photos)
    return Handout(paper, "application/pdf", f"profile-{day.isoformat()}.pdf")


def unfinished(number: int) -> str:
    """Empty where there is nothing to say."""
    said = ngettext("{count} is unfinished and not counted.", "{count} are unfinished and not counted.", number)
    return said.format(count=number) if number else ""


def _table(answers: Sequence[Answered], key: str, what: str, open_: int) -> Handout:
    match what:
        case "csv":
            return Handout(form_tables.csv_file(answers, labels=False), "text/csv", f"{key}.csv")
        case "xml":
            return Handout(form_tables.xml(answers), "application/zip", f"{key}.zip")
        case _sheet:
            return Handout(
                form_tables.xlsx(answers, labels=what == "labels", unfinished=open_), XLSX, f"{key}-{what}.xlsx"
            )
