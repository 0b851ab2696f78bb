"""Each type of question of a form as a natural question of a chat; values go over as the form writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from conversations.questions.anyfile import AnyFile
from conversations.questions.attachment import Attachment, Keep
from conversations.questions.base import Open
from conversations.questions.calendar import in_words
from conversations.questions.decimal import Decimal
from conversations.questions.hours import Hour, Moment
from conversations.questions.option import Option
from conversations.questions.path import Path
from conversations.questions.pick import Pick
from conversations.questions.pick_many import PickMany
from conversations.questions.rank import Rank
from conversations.questions.typed import Day, Number, Text
from conversations.replay import Question
from domain.forms.asked import Asked, Kind
from domain.forms.plain import plain
from locales import _

LONGEST = 4000
STEPS_AT_MOST = 400
MEDIA = (Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.FILE)
PLACES = (Kind.GEOPOINT, Kind.GEOTRACE, Kind.GEOSHAPE)


Base = tuple[str, int, str, Open, str | None, bool]  # what every question begins with: see questions/base.py


@dataclass(frozen=True, slots=True)
class Around:
    """What a question needs of the conversation it stands in."""

    key: str
    run: int
    open: Open
    today: Callable[[], date]
    zone: ZoneInfo
    keep: Keep
    only_phone: bool


def part(asked: Asked, around: Around, text: str) -> Question:
    base: Base = (around.key, around.run, text, around.open, _hint(asked), False)
    return PARTS.get(asked.kind, _text)(asked, base, around)


def _hint(asked: Asked) -> str | None:
    words = "\n".join(plain(each) for each in (asked.hint, asked.guidance) if each)
    return words or None


def _text(asked: Asked, base: Base, around: Around) -> Question:
    return Text(*base, LONGEST)


def _range(asked: Asked, base: Base, around: Around) -> Question:
    return Pick(*base, steps(asked)) if steps(asked) else Decimal(*base)


def _acknowledge(asked: Asked, base: Base, around: Around) -> Question:
    return Pick(*base, [Option("OK", _("✓ Yes, I have read it"))])


def _image(asked: Asked, base: Base, around: Around) -> Question:
    drawn = set(asked.appearance) & {"signature", "draw", "annotate"}
    words = _("Please write it on paper and send a photo.") if drawn else _("Please send a photo.")
    return AnyFile(*base, around.keep, ("photo", "document"), words)


def _audio(asked: Asked, base: Base, around: Around) -> Question:
    return AnyFile(*base, around.keep, ("voice", "document", "other"), _("Please send a voice message."))


def _barcode(asked: Asked, base: Base, around: Around) -> Question:
    words = _("Please write what stands under the code, or send a photo of it.")
    return AnyFile(*base, around.keep, ("photo", "document"), words, True)


def _any_file(asked: Asked, base: Base, around: Around) -> Question:
    words = _("Please send a film.") if asked.kind is Kind.VIDEO else _("Please send a file.")
    return AnyFile(*base, around.keep, ("document", "other", "photo", "voice"), words)


PARTS: dict[Kind, Callable[[Asked, Base, Around], Question]] = {
    Kind.SELECT_ONE: lambda asked, base, _around: Pick(*base, options(asked)),
    Kind.SELECT_MULTIPLE: lambda asked, base, _around: PickMany(*base, options(asked), 1, None),
    Kind.RANK: lambda asked, base, _around: Rank(*base, tuple(options(asked))),
    Kind.RANGE: _range,
    Kind.ACKNOWLEDGE: _acknowledge,
    Kind.INTEGER: lambda _asked, base, _around: Number(*base),
    Kind.DECIMAL: lambda _asked, base, _around: Decimal(*base),
    Kind.DATE: lambda _asked, base, around: Day(*base, today=around.today),
    Kind.DATETIME: lambda _asked, base, around: Moment(*base, today=around.today),
    Kind.TIME: lambda _asked, base, _around: Hour(*base),
    Kind.GEOPOINT: lambda _asked, base, around: Attachment(*base, ("location",), around.keep, around.only_phone),
    Kind.GEOTRACE: lambda _asked, base, _around: Path(*base, 2),
    Kind.GEOSHAPE: lambda _asked, base, _around: Path(*base, 3),
    Kind.IMAGE: _image,
    Kind.AUDIO: _audio,
    Kind.VIDEO: _any_file,
    Kind.FILE: _any_file,
    Kind.BARCODE: _barcode,
}


def options(asked: Asked) -> list[Option]:
    return [Option(choice.value, plain(choice.label) or choice.value, (choice.value,)) for choice in asked.choices]


def steps(asked: Asked) -> list[Option]:
    """The numbers of a range; empty where there are too many to press."""
    try:
        start, end, step = (float(asked.parameters[name]) for name in ("start", "end", "step"))
    except (KeyError, ValueError):
        return []
    if not step or not 0 <= (end - start) / step <= STEPS_AT_MOST:
        return []
    count = int((end - start) / step + 1e-9) + 1
    return [Option(each, each) for each in (_number(start + at * step) for at in range(count))]


def _number(value: float) -> str:
    rounded = round(value, 6)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def written(asked: Asked, value: Any, zone: ZoneInfo) -> str:
    """A question's answer as the form writes it."""
    write = WRITTEN.get(asked.kind)
    return write(asked, value, zone) if write else str(value)


def _time(_asked: Asked, value: str, zone: ZoneInfo) -> str:
    moment = datetime.combine(date(2026, 1, 1), time.fromisoformat(value), zone)
    return moment.isoformat(timespec="milliseconds").partition("T")[2]


def _date(asked: Asked, value: str, _zone: ZoneInfo) -> str:
    if "month-year" in asked.appearance:
        return f"{value[:7]}-01"
    return f"{value[:4]}-01-01" if "year" in asked.appearance else value


WRITTEN: dict[Kind, Callable[[Asked, Any, ZoneInfo], str]] = {
    Kind.SELECT_MULTIPLE: lambda _asked, value, _zone: " ".join(value),
    Kind.RANK: lambda _asked, value, _zone: " ".join(value),
    Kind.GEOPOINT: lambda _asked, value, _zone: point_of(value["location"]),
    Kind.GEOTRACE: lambda _asked, value, _zone: "; ".join(map(point_of, value)),
    Kind.GEOSHAPE: lambda _asked, value, _zone: "; ".join(map(point_of, [*value, value[0]])),
    Kind.TIME: _time,
    Kind.DATE: _date,
    Kind.DATETIME: lambda _asked, value, zone: (
        datetime.fromisoformat(value).replace(tzinfo=zone).isoformat(timespec="milliseconds")
    ),
}


def point_of(place: Any) -> str:
    return f"{place[0]} {place[1]} 0 0"


def in_short(asked: Asked) -> str:
    """The answer as people read it, for "leave it", the review and the summary."""
    value = asked.value
    if not value:
        return "–"
    if asked.choices:
        return _chosen(asked)
    if asked.kind in MEDIA:
        return _("📎 received")
    if asked.kind in PLACES:
        return _("📍 place")
    return _clock(asked.kind, value)


def _chosen(asked: Asked) -> str:
    named = {choice.value: plain(choice.label) for choice in asked.choices}
    if asked.kind in (Kind.SELECT_MULTIPLE, Kind.RANK):
        return ", ".join(named.get(each, each) for each in asked.value.split())
    return named.get(asked.value, asked.value)


def _clock(kind: Kind, value: str) -> str:
    if kind is Kind.TIME:
        return value[:5]
    return _day(value) if kind is Kind.DATE else value


def _day(value: str) -> str:
    try:
        return in_words(date.fromisoformat(value[:10]))
    except ValueError:
        return value
