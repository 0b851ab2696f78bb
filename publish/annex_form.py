"""What an annex of evidence says, in the language in use: the same words for the PDF and for Word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from domain.brief import Section
from domain.dialogue import Party, Stand
from domain.polls import Origin
from locales import _, current, ngettext
from publish import (
    brief_words,
    collected_words,
    grant_words,
    law_cards,
    money_words,
    promise_words,
)
from publish.day_words import day
from publish.paper import NO_GLYPH
from storage import promise_money
from storage.grant_evidence import Evidence, Listed, Need, Stood, Survey
from storage.promises import Dossier

BRIEF = (Section.PROBLEM, Section.HURT, Section.COST, Section.SOURCE, Section.ASK, Section.OF_WHOM, Section.OWN)


def content(evidence: Evidence, today: date) -> dict[str, Any]:
    """Only what does not change by itself from one day to the next: the same facts are the same annex."""
    return {
        "lang": current(),
        "kicker": _("Annex of evidence"),
        "title": title(evidence),
        "facts": [{"label": label, "words": words} for label, words in _facts(evidence)],
        "needs": [_need(each, today) for each in evidence.needs],
        "notes": notes(),
    }


def title(evidence: Evidence) -> str:
    return _("{group}: application to {call}").format(group=evidence.group.name, call=grant_words.title(evidence.call))


def _facts(evidence: Evidence) -> Iterator[tuple[str, str]]:
    language = current()
    yield _("Applicant"), f"{evidence.group.name}, {evidence.group.community.named(language)}"
    yield _("Call"), grant_words.title(evidence.call)
    yield _("Needs in this annex"), str(len(evidence.needs))


def notes() -> list[str]:
    return [
        _("Answers were not drawn by chance: this is not a random sample, and shares do not stand for all residents."),
        _(
            "Numbers of answers and homes are rounded, and what is below five is not shown, so that nothing "
            "points at a person. Words and photos are those that a member of the group has released."
        ),
    ]


def _need(need: Need, today: date) -> dict[str, Any]:
    sections = [
        (_("How the need was found"), list(_found(need))),
        (_("The list, and who agreed to it"), list(_agreed(need))),
        (_("How people were asked"), list(_asked(need.survey))),
        (_("What the group found out"), list(_brief(need))),
        (_("What was promised, and what came of it"), list(_promised(need, today))),
    ]
    return {
        "title": brief_words.title(need.facts),
        "where": f"{brief_words.where(need.facts)} · {need.facts.village.community.named(current())}",
        "sections": [{"head": head, "lines": [_clean(line) for line in lines]} for head, lines in sections if lines],
        "photos": [],
    }


def _clean(line: str) -> str:
    """No paper has letters for an emoji."""
    return NO_GLYPH.sub("", line).strip()


def _found(need: Need) -> Iterator[str]:
    words = _("Residents told it themselves, in a survey of the village from {opens} to {closes}.")
    yield words.format(opens=day(need.survey.opens), closes=day(need.survey.closes))
    yield from brief_words.figures(replace(need.facts, place=None))  # its place stands below
    if not need.facts.words:
        yield _("The group has not released the words: only its kind is told here.")


def _agreed(need: Need) -> Iterator[str]:
    if need.order is not None:
        yield _("In the residents' own choosing: place {place}.").format(place=need.order)
    if need.listed is None:
        yield _("It stands on no agreed list.")
        return
    if need.facts.place is not None:
        words = _("Place {place} on the list of {day}.")
        yield words.format(place=need.facts.place, day=day(need.listed.day))
    yield from _three(need.listed)


def _three(listed: Listed) -> Iterator[str]:
    if listed.stood is None or listed.version is None:
        yield _("The list was written down by the coordinator; who agreed to it is not recorded here.")
        return
    yield _("How each of the three stands to version {version} of it:").format(version=listed.version)
    for party in Party:
        yield _stands(party, listed.stood[party])


def _stands(party: Party, stood: Stood) -> str:
    names = {Party.GROUP: _("The group"), Party.TRUSTEE: _("The trustee"), Party.DEPUTY: _("The deputy")}
    who = f"{names[party]} ({stood.name})" if stood.name else names[party]
    if stood.stand is Stand.CONFIRMED and stood.on is not None:
        return _("{who}: confirmed it on {day}").format(who=who, day=day(stood.on))
    if stood.stand is Stand.DECLINED:
        if not stood.words:
            return _("{who}: its members did not say yes").format(who=who)
        return _("{who}: does not agree, because {words}").format(who=who, words=promise_words.quoted(stood.words))
    if stood.stand is Stand.VACANT:
        return _("{who}: was not asked, the post is vacant").format(who=who)
    return _("{who}: has not answered").format(who=who)


def _asked(survey: Survey) -> Iterator[str]:
    public = collected_words.public(survey.ways, survey.beside, asked_again=survey.asked_again)
    yield public or _("Too few answered for a number to be shown.")
    yield from _homes(survey)
    yield from _flagged(survey)
    yield from _collected(survey)
    yield notes()[0]


def _homes(survey: Survey) -> Iterator[str]:
    if survey.homes is None:
        yield _("How many homes the village has is not known here.")
    else:
        yield _("The village has about {count} homes, reckoned from its residents.").format(count=survey.homes)
    if survey.doors is None:
        yield _("From door to door fewer than five homes were asked, or none.")
        return
    words = _("From door to door about {count} homes were asked{share}; about {answered} of them answered.")
    if survey.answered is None:
        words = _("From door to door about {count} homes were asked{share}.")
    share = ""
    if survey.homes:
        percent = min(100, round(100 * survey.doors / survey.homes))
        share = _(" (about {percent} % of them)").format(percent=percent)
    yield words.format(count=survey.doors, share=share, answered=survey.answered)


def _flagged(survey: Survey) -> Iterator[str]:
    """How often the rules struck is told from five on; below, that they were there."""
    if survey.flagged is None:
        yield _(
            "Every answer went through the rules for odd answers: fewer than five were set aside to be looked at, or "
            "none."
        )
        return
    words = _(
        "Every answer went through the rules for odd answers: about {count} were set aside, and counted only once "
        "somebody who had not collected them had looked."
    )
    yield words.format(count=survey.flagged)


def _collected(survey: Survey) -> Iterator[str]:
    if not survey.collectors and (survey.doors or {*survey.ways.named} & {Origin.DOOR_TO_DOOR, Origin.PAPER}):
        yield _("Who wrote down the answers at the door and on paper is no longer known here.")
        return
    if not survey.collectors:
        yield _("Nobody collected answers from others: people answered by themselves.")
        return
    words = ngettext(
        "Answers at the door and on paper were written down by {count} member of a self-help group.",
        "Answers at the door and on paper were written down by {count} members of self-help groups.",
        survey.collectors,
    )
    yield words.format(count=survey.collectors)
    if not survey.own:
        yield _("None of them is from the applicant's group: it did not collect this itself.")
    elif survey.own == survey.collectors:
        yield _("All of them are from the applicant's group: it collected this itself.")
    else:
        yield _("From the applicant's own group: {count} of them. It collected a part of this itself.").format(
            count=survey.own
        )


def _brief(need: Need) -> Iterator[str]:
    heads = brief_words.heads()
    for section in BRIEF:
        if need.brief.words(section):
            yield f"{heads[section]}: {need.brief.words(section)}"
    for name in brief_words.cards(need.brief):
        yield f"{heads[Section.LAW]}: {law_cards.title(name)}"


def _promised(need: Need, today: date) -> Iterator[str]:
    if not need.promises:
        yield _("Nothing was promised for it.")
    for one in need.promises:
        yield from _promise(one, today)


def _promise(one: Dossier, today: date) -> Iterator[str]:
    new = one.new
    said = _("{name}, {office}, {day}, {where}: {words}")
    yield said.format(
        name=new.speaker,
        office=new.office,
        day=day(new.made_on),
        where=promise_words.source(new.source),
        words=promise_words.quoted(new.words),
    )
    yield promise_words.stands(one.verdict(today))
    for money in promise_money.stages(one):
        yield money_words.line(money)
