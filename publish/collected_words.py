"""How answers were collected, in one sentence: wherever a count is shown, this stands with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.counts import Ways
from domain.polls import COUNTED, Origin
from locales import _, ngettext
from storage.counts import Real


def public(ways: Ways, beside: int, *, asked_again: bool = False) -> str:
    """As everybody may know it; empty where too few answered to say anything."""
    if not ways.total:
        return _beside_alone(beside)
    head = _("About {count} answers were counted: {ways}").format(count=ways.total, ways=", ".join(_public_ways(ways)))
    more = _("; about {count} more on the open web are read and counted beside").format(count=beside) if beside else ""
    again = " " + _("Some of the homes were asked again by another member of the group.") if asked_again else ""
    return f"{head}{more}.{again}"


def _beside_alone(beside: int) -> str:
    if not beside:
        return ""
    return _("About {count} answers on the open web are read and counted beside.").format(count=beside)


def _public_ways(ways: Ways) -> Iterator[str]:
    yield from _each(ways.named)
    if ways.others:
        yield _("{count} in other ways").format(count=ways.others)


def exact(real: Real) -> str:
    """For the desk's eyes."""
    head = ngettext("{count} answer", "{count} answers", real.people).format(count=real.people)
    parts = [f"{head} ({', '.join(_each(real.ways))})" if real.ways else head]
    if real.open_web:
        parts.append(_("beside them, from the open web: {count}").format(count=real.open_web))
    if real.set_aside:
        parts.append(_("set aside until somebody has looked: {count}").format(count=real.set_aside))
    if real.partial:
        parts.append(_("unfinished: {count}").format(count=real.partial))
    return "; ".join(parts)


def origins(counts: Mapping[str, int]) -> str:
    """Each way and how many came by it, the open web among them."""
    open_web = counts.get(Origin.OPEN_WEB, 0)
    beside = [_("{count} on the open web").format(count=open_web)] if open_web else []
    return ", ".join([*_each(counts), *beside])


def _each(counts: Mapping[str, int]) -> Iterator[str]:
    words = {
        Origin.TELEGRAM: _("{count} by Telegram"),
        Origin.VIBER: _("{count} by Viber"),
        Origin.WEB: _("{count} with a code or an invitation on the web"),
        Origin.DOOR_TO_DOOR: _("{count} at the door"),
        Origin.PAPER: _("{count} on paper"),
    }
    for way in COUNTED:
        if counts.get(way):
            yield words[way].format(count=counts[way])
