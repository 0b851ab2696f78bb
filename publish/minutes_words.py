"""The fixed words of minutes, in the language in use."""

from __future__ import annotations

from datetime import date

from domain.minutes_body import Answer
from domain.promises import Vague
from locales import _
from publish.day_words import day


def heads() -> dict[str, str]:
    return {
        "attended": _("Present"),
        "absent": _("Absent"),
        "agenda": _("Agenda"),
        "heard": _("Heard"),
        "written": _("Answered in writing beforehand"),
        "said": _("Opinions, questions and answers"),
        "voted": _("Voting"),
        "answered": _("Answers"),
        "decided": _("Decided and promised"),
        "annexes": _("Annexes"),
        "signatures": _("Signatures"),
        "sent": _("Sent to"),
    }


def decided_heads() -> list[str]:
    return ["№", _("Promise, word for word"), _("Responsible"), _("By when"), _("Money"), _("How it is checked")]


def sides() -> dict[str, str]:
    return {
        "community": _("the community"),
        "executive": _("the city hall"),
        "elected": _("the council"),
        "guest": _("guest"),
    }


def unheld() -> dict[str, str]:
    """Who is to have minutes, and has no account here."""
    return {
        "gender_council": _("Gender equality council of the municipal council"),
        "trustee": _("Trustees of the communities on the agenda"),
        "deputy": _("Deputies of the communities on the agenda"),
    }


def answer(value: str, whose: str) -> str:
    if value == "not_ours" and whose:
        return _("Not ours to decide, but of: {whose}.").format(whose=whose)
    return {
        "yes": _("Yes."),
        "partly": _("Partly."),
        "no": _("No."),
        "will_study": _("Will study it."),
        "not_ours": _("Not ours to decide."),
    }.get(value, "")


def counted(answer: Answer) -> str:
    where, year, programme = answer["counted"], answer["year"], answer["programme"]
    if where == "budget" and year is not None:
        line = _("To be counted in the budget of {year}.").format(year=year)
    else:
        line = {
            "priorities": _("To be counted in the priorities document."),
            "budget": _("To be counted in the budget."),
            "village_support": _("To be counted in the village support programme."),
            "grant": _("To be counted in a grant."),
            "no_money": _("Needs no money."),
        }.get(where, "")
    by = _("Programme: {name}.").format(name=programme) if programme else ""
    return " ".join(filter(None, [line, by]))


def source(value: str, registry: str) -> str:
    """Where an answer was given, unless it was in the room."""
    where = {
        "beforehand": _("in writing, before the meeting"),
        "letter": _("by letter"),
        "session": _("at a session of the council"),
        "yearly_report": _("at the yearly report"),
    }.get(value, "")
    parts = [part for part in (where, f"№ {registry}" if registry else "") if part]
    return f"({', '.join(parts)})" if parts else ""


def due(said: str, due_on: str) -> str:
    """A vague time with the day it is taken for; the speaker's own words stand in the promise, not here."""
    shown = day(date.fromisoformat(due_on)) if due_on else ""
    vague = {
        Vague.SOON: _("soon"),
        Vague.COMING_MONTHS: _("in the coming months"),
        Vague.THIS_YEARS_BUDGET: _("in this year's budget"),
        Vague.NEXT_YEARS_BUDGET: _("in next year's budget"),
    }
    if said == "none":
        return _("no time was named, taken as {day}").format(day=shown)
    words = next((words for word, words in vague.items() if word == said), None)
    return shown if words is None else _("{vague}, taken as {day}").format(vague=words, day=shown)


def confirmed(value: str) -> str:
    return {
        "confirmed": _("The speaker confirmed it."),
        "corrected": _("As the speaker corrected it."),
        "not_asked": _("The speaker was not asked."),
    }.get(value, "")


def phase_note(phase: str, until: str | None) -> str:
    if phase == "draft":
        return _("Draft. It is not in force.")
    if phase == "open" and until:
        note = _("Draft. Those who attended may ask for a change until {day}.")
        return note.format(day=day(date.fromisoformat(until)))
    return ""
