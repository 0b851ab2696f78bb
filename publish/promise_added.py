"""What was added to a promise since it was made, in words: notes, parts, a programme, whose task it is now, answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from domain.promises import REFUSED, Axis
from locales import _, ngettext
from publish.day_words import day
from publish.promise_words import quoted
from storage import promises
from storage.promises import Dossier, Told


def lines(dossier: Dossier) -> list[str]:
    """Each with its day; for chats and the board alike."""
    return [_WORDS[told.kind](told) for told in dossier.told if told.kind in _WORDS]


def _day(told: Told) -> str:
    return day(date.fromisoformat(told.body["on"]))


def _note(told: Told) -> str:
    return _("📌 Added on {day}: {words}").format(day=_day(told), words=quoted(told.body["words"]))


def _split(told: Told) -> str:
    count = len(told.body["parts"])
    said = ngettext("✂ Split into {count} part on {day}.", "✂ Split into {count} parts on {day}.", count)
    return said.format(count=count, day=_day(told))


def _joined(told: Told) -> str:
    body = told.body
    contract = f" ({body['contract']})" if body["contract"] else ""
    return _("🔗 Done under: {programme}").format(programme=body["programme"] + contract)


def _handed(told: Told) -> str:
    said = _("➡ Since {day} this office answers for it: {office}.")
    return said.format(day=_day(told), office=told.body["office"])


def _answered(told: Told) -> str:
    if told.body["value"] == REFUSED:
        return _("🤝 The group did not agree to a change ({day}).").format(day=_day(told))
    if told.body["due"] is None:
        return _("🤝 The group agreed to let it go ({day}).").format(day=_day(told))
    due = day(date.fromisoformat(told.body["due"]))
    return _("🤝 The group agreed to a change ({day}). The day is now {due}.").format(day=_day(told), due=due)


_WORDS: dict[str, Callable[[Told], str]] = {
    promises.NOTE: _note,
    promises.SPLIT: _split,
    promises.JOINED: _joined,
    promises.HANDED: _handed,
    Axis.SCHEDULE: _answered,
}
