"""What came of a round table in plain words, as chat, page and picture tell it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.meeting_summary import Issue, Summary
from domain.minutes_body import Answer, Promised
from locales import _, ngettext
from publish import minutes_words, need_words
from publish.day_words import day
from publish.minutes_form import named


def title(told: Summary) -> str:
    when = day(date.fromisoformat(told["day"]))
    return _("Round table of {municipality}, {day}").format(municipality=named(told["municipality"]), day=when)


def counted(told: Summary) -> str:
    """How much was talked about, and how much was promised."""
    issues = len(told["issues"])
    promised = sum(len(issue["promises"]) for issue in told["issues"])
    talked = ngettext("{count} issue was talked about.", "{count} issues were talked about.", issues)
    made = ngettext("{count} promise was made.", "{count} promises were made.", promised)
    nothing = _("Nothing was promised.")
    return f"{talked.format(count=issues)} {made.format(count=promised) if promised else nothing}"


def communities(told: Summary) -> str:
    return ", ".join(named(each) for each in told["communities"])


def heading(issue: Issue) -> str:
    where, what = named(issue["where"]), issue["words"] or need_words.kind(issue["kind"])
    return f"{where}: {what}" if where else what


def asked(issue: Issue) -> str:
    return _("What is asked: {words}").format(words=issue["asked"]) if issue["asked"] else ""


def answer(each: Answer) -> str:
    """Who answered stands by office, never by name."""
    said = (minutes_words.answer(each["answer"], each["whose"]), explained(each))
    return f"{answered_by(each)}: {' '.join(part for part in said if part)}"


def answered_by(each: Answer) -> str:
    return each["office"] or minutes_words.sides()[each["side"]]


def explained(each: Answer) -> str:
    """What was said beside yes or no; where it will be counted; where it was said, unless in the room."""
    parts = (each["words"], minutes_words.counted(each), minutes_words.source(each["source"], ""))
    return " ".join(part for part in parts if part)


def promise(each: Promised) -> str:
    line = _("Promised by {who}: “{words}” By when: {due}.")
    return line.format(who=promised_by(each), words=each["words"], due=due(each))


def promised_by(each: Promised) -> str:
    return ", ".join(part for part in (each["name"], each["office"]) if part)


def by_when(each: Promised) -> str:
    return _("By when: {due}").format(due=due(each))


def due(each: Promised) -> str:
    return minutes_words.due(each["due"], each["due_on"])


def silent() -> str:
    return _("There was no answer to it.")


def lines(issue: Issue) -> Iterator[str]:
    yield heading(issue)
    if issue["asked"]:
        yield asked(issue)
    yield from (answer(each) for each in issue["answers"])
    yield from (promise(each) for each in issue["promises"])
    if not issue["answers"] and not issue["promises"]:
        yield silent()


def added(when: date) -> str:
    return _("Something was added to the minutes on {day}. Your group has it.").format(day=day(when))
