"""Needs, heads and decisions of the sorting desk in words, for chat and web alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from conversations.questions.calendar import in_words
from conversations.scope_reasons import reason
from domain.counts import K
from domain.sorting import Level, Standing, Verb
from locales import _, ngettext
from publish import need_words
from publish.promise_words import quoted
from storage.desk_heads import Card
from storage.sorting import Step

Change = Mapping[str, Any]
LONGEST = 45  # letters of somebody's words on a button; storage/erasure.py finds them again by fewer


def shown(card: Card) -> str:
    """As the desk reads it, whole."""
    lines = [headline(card), *(quoted(words) for words in card.told if words != card.head.name)]
    return "\n".join([*lines, behind(card), *marks(card)])


def headline(card: Card) -> str:
    kind = need_words.kind(card.head.kind)
    return f"{kind}: {card.head.name}" if card.head.name else kind


def label(card: Card) -> str:
    kind = need_words.kind(card.head.kind)
    return f"{kind} – {cut(card.words)}" if card.words else kind


def cut(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def behind(card: Card) -> str:
    """In steps of five, so that no joining tells of one person by what it adds."""
    count = len(card.head.supporters) // K * K
    if not count:
        return _("Fewer than 5 people stand behind it.")
    return ngettext("About {count} person stands behind it.", "About {count} people stand behind it.", count).format(
        count=count
    )


def marks(card: Card) -> list[str]:
    found = []
    if card.waits:
        found.append(_("🔒 Others do not see these words yet."))
    if card.head.level:
        found.append(level(card.head.level))
    if card.head.standing is Standing.PRIVATE:
        found.append(_("🤫 Private: it is never shown beyond the desk."))
    if card.head.standing is Standing.OUT_OF_SCOPE:
        found.append(_("✖️ Not for the list: {reason}").format(reason=reason(card.head.reason or "")))
    return found


def level(value: str) -> str:
    return levels()[Level(value)]


def levels() -> dict[Level, str]:
    return {
        Level.VILLAGE: _("🏡 The village can do it itself"),
        Level.MUNICIPAL: _("🏛️ For the municipality"),
        Level.LAW: _("⚖️ For the state: a law or a ministry"),
    }


def step(found: Step, names: Mapping[int, str], zone: ZoneInfo) -> str:
    """ "Nino, 4 March: put together: the bridge; the road. Why: …" """
    who = found.who or _("Somebody of the desk")
    why = " " + _("Because: {why}").format(why=found.why) if found.why else ""
    gone = " " + _("(taken back)") if found.undone else ""
    return f"{who}, {_day(found.at, zone)}: {done(found, names)}.{why}{gone}"


def _day(at: datetime, zone: ZoneInfo) -> str:
    return in_words(at.astimezone(zone).date())


def done(found: Step, names: Mapping[int, str]) -> str:
    change = found.about.change
    about = named(names, change.get("head", change.get("into")))
    if found.act.verb is Verb.UNDO:
        return _("took back: {what}").format(what=done(replace(found, act=found.about), names))
    return _DONE[found.about.verb](change, about, names)


def _joined(change: Change, about: str, names: Mapping[int, str]) -> str:
    together = [about, *(named(names, each) for each in change["heads"])]
    words = ngettext("put {count} need together: {needs}", "put {count} needs together: {needs}", len(together))
    return words.format(count=len(together), needs="; ".join(together))


def _split(change: Change, about: str, names: Mapping[int, str]) -> str:
    return _("split “{need}” in two, the second is “{new}”").format(need=about, new=named(names, change["new"]))


def _taken_out(change: Change, about: str, names: Mapping[int, str]) -> str:
    return _("took “{part}” out of “{need}”").format(part=named(names, change["part"]), need=about)


def _moved(change: Change, about: str, names: Mapping[int, str]) -> str:
    return _("moved people from one half to the other of “{need}”").format(need=about)


def _kept(change: Change, about: str, names: Mapping[int, str]) -> str:
    return _("“{need}” is a need of its own").format(need=about)


def _named_anew(change: Change, about: str, names: Mapping[int, str]) -> str:
    if "name" in change:
        return _("named it “{name}”").format(name=change["name"])
    if "kind" in change:
        return _("put “{need}” under {kind}").format(need=about, kind=need_words.kind(change["kind"]))
    return f"“{about}”: {level(change['level'])}"


def _standing(change: Change, about: str, names: Mapping[int, str]) -> str:
    match Standing(change["standing"]):
        case Standing.PRIVATE:
            return _("marked “{need}” as private").format(need=about)
        case Standing.OUT_OF_SCOPE:
            why = reason(change.get("reason") or "")
            return _("“{need}” is not for the list: {reason}").format(need=about, reason=why)
        case Standing.OPEN:
            return _("put “{need}” back on the desk").format(need=about)


_DONE = {
    Verb.JOIN: _joined,
    Verb.SPLIT: _split,
    Verb.APART: _taken_out,
    Verb.LEAVE: _moved,
    Verb.SAME: _kept,
    Verb.NAME: _named_anew,
    Verb.STAND: _standing,
}


def names(told: Mapping[int, tuple[str, str]]) -> dict[int, str]:
    return {number: words or need_words.kind(kind) for number, (kind, words) in told.items()}


def named(names: Mapping[int, str], number: int | None) -> str:
    return cut(names.get(number or 0) or "…")


def any_done(cards: Sequence[Card]) -> bool:
    return any(card.head.version for card in cards)


def line(card: Card) -> str:
    """A likely twin, whole but for what it was called by others."""
    words = f" – {quoted(card.words)}" if card.words else ""
    return f"{need_words.kind(card.head.kind)}{words}\n{behind(card)}"
