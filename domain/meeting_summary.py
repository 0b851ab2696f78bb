"""What everybody may read of locked minutes: what was asked, what was answered, what was promised.

No name but that of who promised; nobody's words but those that were released, and what officials answered in public.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TypedDict

from domain.minutes_body import Answer, Body, Item, Names, Promised
from domain.words.endings import is_ending

LEFT_OUT = "…"
_WORD = re.compile(r"[^\W\d_]+")
_APART = re.compile(r"[,;:(–]")  # behind it stands what somebody is, not how they are called
_AGAIN = re.compile(rf"{LEFT_OUT}(?:\s+{LEFT_OUT})+")
_SHORTEST = 2  # letters of a name
_VOWELS = "აეიოუ"


class Issue(TypedDict):
    """As in domain.minutes_body.Item; `words` and `asked` are empty where the need's own are not released."""

    number: int
    kind: str
    words: str
    asked: str
    where: Names
    village_id: int
    need_id: int
    answers: list[Answer]
    promises: list[Promised]


class Summary(TypedDict):
    meeting_id: int
    number: int
    municipality: Names
    communities: list[Names]
    day: str
    issues: list[Issue]


def summary(body: Body, *, words: Mapping[int, str]) -> Summary:
    """`words`: of each need, as others may know it today; without them its kind stands for it."""
    names = set(_private(body))
    return {
        "meeting_id": body["meeting_id"],
        "number": body["number"],
        "municipality": body["municipality"],
        "communities": body["communities"],
        "day": body["day"],
        "issues": [_issue(item, names, words.get(item["need_id"], "")) for item in body["items"]],
    }


def _issue(item: Item, names: Collection[str], words: str) -> Issue:
    last = {(each["side"], each["office"]): each for each in item["answers"]}  # the last word of each
    return {
        "number": item["number"],
        "kind": item["kind"],
        "words": words,
        "asked": without(item["asked"], names) if words else "",
        "where": item["where"],
        "village_id": item["village_id"],
        "need_id": item["need_id"],
        "answers": [{**each, "name": "", "words": without(each["words"], names)} for each in last.values()],
        "promises": [{**each, "check": "", "money": without(each["money"], names)} for each in item["promises"]],
    }


def _private(body: Body) -> Iterator[str]:
    """The words of all names in the minutes but those of who promised."""
    spoke = {word for item in body["items"] for each in item["promises"] for word in _called(each["name"])}
    for name in _named(body):
        yield from _called(name) - spoke


def _named(body: Body) -> Iterator[str]:
    yield from (body["chair"], body["secretary"])
    yield from (each["name"] for each in (*body["present"], *body["absent"], *body["amendments"]))
    for item in body["items"]:
        yield item["presented_by"]
        yield from (each["name"] for each in (*item["said"], *item["answers"]))


def _called(name: str) -> set[str]:
    return {word for word in _WORD.findall(_APART.split(name)[0].casefold()) if len(word) >= _SHORTEST}


def without(words: str, names: Collection[str]) -> str:
    """The same with every one of these names left out, in whatever case it stands."""
    stems = {*names, *(each[:-1] for each in names if len(each) > _SHORTEST + 1 and each[-1] in _VOWELS)}
    kept = _WORD.sub(lambda found: LEFT_OUT if _is_name(found[0].casefold(), stems) else found[0], words)
    return _AGAIN.sub(LEFT_OUT, kept)


def _is_name(word: str, stems: Collection[str]) -> bool:
    return any(word.startswith(stem) and is_ending(word[len(stem) :]) for stem in stems)
