"""A flag in words: what happened, when, how the answers came, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.asking_again import Result
from domain.counts import K
from domain.flags import BURST_MINUTES, HOMES_AN_HOUR, OF_ONE_DEVICE, Decision, Rule
from locales import _, current, ngettext
from publish import collected_words, day_words
from storage import places
from storage.flags import Facts


async def case(db: AsyncConnection, facts: Facts, again: Mapping[str, int], zone: tzinfo) -> str:
    village = await places.village(db, village_id=facts.village_id)
    lines = [
        (village.place.named(current()) if village else "") + ": " + _what(facts),
        _("How they came: {ways}.").format(ways=collected_words.origins(facts.origins)),
        _when(facts, zone),
        asked_again(again),
    ]
    return "\n".join(line for line in lines if line)


def _what(facts: Facts) -> str:
    count = facts.count
    match facts.rule:
        case Rule.INTERVIEWER:
            who = facts.interviewer or _("one member of the group")
            words = _("{count} homes were written down by {who}, more than {most} within an hour.")
            return words.format(count=count, who=who, most=HOMES_AN_HOUR)
        case Rule.DEVICE:
            words = _("{count} answers came from one phone or computer on one day, more than {most}.")
            return words.format(count=count, most=OF_ONE_DEVICE)
        case Rule.BURST:
            words = _("{count} answers came within minutes, far more than is usual here in {minutes} minutes.")
            return words.format(count=count, minutes=BURST_MINUTES)
        case Rule.CROWD:
            words = _("{count} answers came above the number of people who live there ({people}).")
            return words.format(count=count, people=facts.people or "?")
        case Rule.WORDS:
            return _("{count} answers say the same, word for word.").format(count=count)
        case Rule.CODE:
            return _("The code of a slip was voided after an answer had come with it.")


def _when(facts: Facts, zone: tzinfo) -> str:
    """Not of so few that a moment could point at somebody."""
    if facts.first is None or facts.last is None or facts.count < K:
        return ""
    words = _("The first: {first}. The last: {last}.")
    return words.format(first=moment(facts.first, zone), last=moment(facts.last, zone))


def moment(when: datetime, zone: tzinfo) -> str:
    """ "2 March 2026, 12:05" """
    local = when.astimezone(zone)
    return f"{day_words.day(local.date())}, {local:%H:%M}"


def asked_again(results: Mapping[str, int]) -> str:
    """How many homes another member asked again, and what they found; for the group and the desk."""
    done = sum(results.get(each, 0) for each in Result)
    waiting = sum(results.values()) - done
    if not done and not waiting:
        return ""
    parts = [words.format(count=results[each]) for each, words in _results().items() if results.get(each)]
    if waiting:
        parts.append(_("still to be asked: {count}").format(count=waiting))
    head = ngettext("{count} home asked again", "{count} homes asked again", done).format(count=done)
    return f"{head}: {', '.join(parts)}."


def _results() -> dict[Result, str]:
    return {
        Result.AGREES: _("the same: {count}"),
        Result.DIFFERS: _("something else: {count}"),
        Result.NOBODY: _("nobody remembers a visit: {count}"),
    }


def decided(decision: Decision, again: int) -> str:
    """`again`: how many homes another member will now ask."""
    if decision is Decision.COUNTS:
        return _("They count from now on. Your decision is kept.")
    if decision is Decision.VOID:
        return _("They are not counted. They stay kept, with your reason.")
    if not again:
        return _("They stay beside. A coordinator can decide anew.")
    words = ngettext(
        "They stay beside. Another member will ask at {count} home again, and then you hear of it.",
        "They stay beside. Another member will ask at {count} homes again, and then you hear of it.",
        again,
    )
    return words.format(count=again)


def in_short(facts: Facts) -> str:
    """For a button: how many, by which rule, and what was decided."""
    names = {
        Rule.INTERVIEWER: _("too many homes in an hour"),
        Rule.DEVICE: _("one device"),
        Rule.BURST: _("many at once"),
        Rule.CROWD: _("more than live there"),
        Rule.WORDS: _("the same words"),
        Rule.CODE: _("a voided code"),
    }
    return f"{names[facts.rule]}: {facts.count} · {state(facts.decision)}"


def state(decision: Decision | None) -> str:
    return {
        None: _("not decided yet"),
        Decision.COUNTS: _("counted"),
        Decision.ASIDE: _("beside until asked again"),
        Decision.VOID: _("not counted"),
    }[decision]
