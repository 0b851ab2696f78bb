"""A brief in words: the heads of its sections, what the program knows of the issue, and the speech of two minutes."""

from __future__ import annotations

import json
from collections.abc import Iterator

from domain.brief import Section, Sentence, parted, two_minutes
from locales import _, current, ngettext
from publish import law_cards, need_words
from publish.paper import NO_GLYPH
from storage.brief_facts import Facts
from storage.briefs import Brief


def heads() -> dict[Section, str]:
    return {
        Section.PROBLEM: _("What is wrong"),
        Section.HURT: _("Who suffers, and how many"),
        Section.PHOTO: _("Photos"),
        Section.COST: _("What it costs, about"),
        Section.SOURCE: _("Where this estimate comes from"),
        Section.LAW: _("What the law or a programme says"),
        Section.ASK: _("What exactly we ask"),
        Section.OF_WHOM: _("Of whom"),
        Section.OWN: _("What the village itself gives"),
        Section.SPEECH: _("The speech"),
    }


def kind(facts: Facts) -> str:
    """Without its emoji, which no paper has letters for."""
    return NO_GLYPH.sub("", need_words.kind(facts.kind)).removeprefix("➕").strip()


def title(facts: Facts) -> str:
    return f"{kind(facts)}: {facts.words}" if facts.words else kind(facts)


def where(facts: Facts) -> str:
    language = current()
    village = _("Village {village}").format(village=facts.village.place.named(language))
    return f"{village}, {facts.village.municipality.named(language)}"


def figures(facts: Facts) -> list[str]:
    """Each a line; nothing that is not known, and no small number."""
    return list(_figures(facts))


def _figures(facts: Facts) -> Iterator[str]:
    if facts.place is not None:
        yield _("On the village's agreed list: place {place}").format(place=facts.place)
    if facts.named:
        words = ngettext(
            "About {count} person named this kind of need in the survey",
            "About {count} people named this kind of need in the survey",
            facts.named,
        )
        yield words.format(count=facts.named)
    if facts.parts is not None:
        yield _("Of them women: {women}, men: {men}").format(women=facts.parts["woman"], men=facts.parts["man"])
    if facts.population:
        yield _("Residents of the village: {count}").format(count=facts.population)


def cards(brief: Brief) -> list[str]:
    """The ids of the law cards that were picked; one that is no longer there is left out."""
    picked = brief.words(Section.LAW)
    return [name for name in (json.loads(picked) if picked else ()) if name in law_cards.cards()]


def speech(facts: Facts, brief: Brief) -> list[str]:
    """Sentence by sentence; as it was changed, or else put together from the sections."""
    changed = brief.words(Section.SPEECH)
    return list(json.loads(changed)) if changed else two_minutes(list(_sentences(facts, brief)))


def _sentences(facts: Facts, brief: Brief) -> Iterator[Sentence]:
    village = facts.village.place.named(current())
    yield Sentence(_("Good day. I speak for the village {village}.").format(village=village))
    yield Sentence(_("Our issue is: {issue}.").format(issue=title(facts).rstrip(".")))
    yield from _told(brief, Section.PROBLEM)
    yield from (Sentence(f"{line}.") for line in figures(facts))
    yield from _told(brief, Section.HURT)
    yield from _told(brief, Section.COST, _("By our estimate it costs: {words}"))
    yield from _told(brief, Section.SOURCE, _("We have this from: {words}"))
    for name in cards(brief):
        yield Sentence(_("This is the way we take: {card}.").format(card=law_cards.title(name)), needed=False)
    yield from _told(brief, Section.OWN, _("The village itself gives: {words}"))
    yield from _told(brief, Section.OF_WHOM, _("We turn to: {words}"))
    yield from _told(brief, Section.ASK, _("We ask: {words}"))
    yield Sentence(_("Please tell us today: will it be done, by when, and who is responsible? Thank you."))


def _told(brief: Brief, section: Section, frame: str = "{words}") -> Iterator[Sentence]:
    """The first sentence of a section is always said; the others when there is time."""
    for at, sentence in enumerate(parted(brief.words(section))):
        words = sentence if sentence[-1] in ".!?…" else f"{sentence}."
        yield Sentence(frame.format(words=words) if at == 0 else words, needed=at == 0)
