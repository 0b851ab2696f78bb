"""The law cards of publish/law, one .toml a card, read once; and a card in words for chat."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from domain.law.card import CARDS, Card, Signatures, card
from domain.law.search import Search
from locales import _, current, ngettext
from publish.day_words import day

FOLDER = Path(__file__).parent / "law"


@cache
def cards() -> dict[str, Card]:
    """By id, in their order. Raises domain.law.card.BadCard, which says what is to be mended."""
    return {name: _read(name) for name in CARDS}


@cache
def search() -> Search:
    return Search(list(cards().values()))


def title(name: str) -> str:
    return cards()[name].text(current()).title


def short(name: str) -> str:
    """What it is, for whom, and what it takes, with its date and link: never without them."""
    text = cards()[name].text(current())
    lines = [text.title, "", text.what, "", _("Who: {who}").format(who=text.who), "", *_points(text.thresholds)]
    return "\n".join([*lines, "", source(name)])


def more(name: str) -> str:
    """The steps, what to ask at the municipality, and every source."""
    found = cards()[name]
    text = found.text(current())
    steps = [f"{at}. {step}" for at, step in enumerate(text.steps, start=1)]
    links = [f"{each.names.get(current(), each.names['ka'])}: {each.link}" for each in found.sources]
    return "\n".join(
        [_("Step by step:"), *steps, "", text.ask, "", _("Where it was read:"), *links, "", _checked(name)]
    )


def source(name: str) -> str:
    """The first source with the day on which it was read."""
    return f"{cards()[name].sources[0].link}\n{_checked(name)}"


def signatures(needed: Signatures, voters: int | None) -> str:
    """How many must sign here; in percent where nobody knows the number of voters."""
    if not voters:
        return _("You need the signatures of {percent} % of the voters. Ask the municipality how many that is.").format(
            percent=needed.percent
        )
    count = needed.among(voters)
    words = ngettext(
        "{percent} % of the {voters} voters here is {count} signature.",
        "{percent} % of the {voters} voters here is {count} signatures.",
        count,
    )
    return words.format(percent=needed.percent, voters=voters, count=count)


def _points(lines: Sequence[str]) -> list[str]:
    return [f"• {line}" for line in lines]


def _checked(name: str) -> str:
    return _("Read on {day}. It is a summary, not the law: laws change, look at the source.").format(
        day=day(cards()[name].checked)
    )


def _read(name: str) -> Card:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return card(name, tomllib.load(file))
