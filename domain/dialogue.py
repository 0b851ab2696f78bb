"""One list that group, trustee and deputy agree on: who may do what when, its versions, and how each stands to it.

A dialogue is what was done in it, in order; nothing is ever changed or taken out. Items are the numbers of needs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from domain.refusal import Refused

MOST = 12  # items: a longer list is not one of urgent needs
LASTS = (7, 14, 21)  # days, of which the leader chooses
AFTER_A_CHANGE = 3  # days, at least, to look at a new version
VOTE_LASTS = 2


class Party(StrEnum):
    GROUP = "group"
    TRUSTEE = "trustee"
    DEPUTY = "deputy"


SEATS = (Party.TRUSTEE, Party.DEPUTY)


class Verb(StrEnum):
    OPENED = "opened"  # items, until
    COMMENTED = "commented"  # item, words
    PROPOSED = "proposed"  # change, words
    ANSWERED = "answered"  # proposal, yes, words
    CHANGED = "changed"  # change, words
    VOTING = "voting"  # version, until
    VOTED = "voted"  # version, passed; how many is nobody's business
    CONFIRMED = "confirmed"  # version
    DECLINED = "declined"  # version, words
    REMARKED = "remarked"  # words: the one sentence beside the list
    CLOSED = "closed"  # stands
    ROADS = "roads"  # domain/roads.py
    PLACED = "placed"


GROUPS_OWN = frozenset({Verb.ANSWERED, Verb.CHANGED, Verb.VOTING})
OFFICES_OWN = frozenset({Verb.COMMENTED, Verb.PROPOSED, Verb.DECLINED})
BY_ITSELF = frozenset({Verb.OPENED, Verb.VOTED, Verb.CLOSED, Verb.PLACED})
AFTERWARDS = frozenset({Verb.ROADS, Verb.PLACED})
NEEDS_WORDS = frozenset({Verb.COMMENTED, Verb.PROPOSED, Verb.CHANGED, Verb.DECLINED, Verb.REMARKED})


class How(StrEnum):
    MOVE = "move"
    ADD = "add"
    STRIKE = "strike"


@dataclass(frozen=True, slots=True)
class Change:
    """`place` counts from 1; a strike has none."""

    how: How
    item: int
    place: int | None = None

    @staticmethod
    def read(body: Mapping[str, Any]) -> Change:
        return Change(How(body["how"]), int(body["item"]), body.get("place"))

    def kept(self) -> dict[str, Any]:
        return {"how": self.how.value, "item": self.item, "place": self.place}


@dataclass(frozen=True, slots=True)
class Event:
    """`party` None: it came about by itself. `name` is who acted, as it is shown in public; None for the group."""

    id: int
    verb: Verb
    body: Mapping[str, Any]
    party: Party | None = None
    name: str | None = None
    at: Any = None

    @property
    def words(self) -> str:
        return str(self.body.get("words") or "")


class Stand(StrEnum):
    """How a party stands to the newest version. Silence and an empty post are no refusal."""

    CONFIRMED = "confirmed"
    DECLINED = "declined"
    SILENT = "silent"
    VACANT = "vacant"


@dataclass(frozen=True, slots=True)
class Version:
    """`change` and `by` say how it came from the one before; the first has neither."""

    items: tuple[int, ...]
    change: Change | None = None
    by: Event | None = None


@dataclass(slots=True)
class Talk:
    """What has come of the events so far. `waiting` are the proposals that the group has not answered."""

    versions: list[Version] = field(default_factory=list)
    until: date = date.max
    waiting: dict[int, Event] = field(default_factory=dict)
    vote_until: date | None = None
    voted: dict[int, bool] = field(default_factory=dict)
    answers: dict[Party, Event] = field(default_factory=dict)  # to the newest version
    remarks: dict[Party, Event] = field(default_factory=dict)
    stands: dict[Party, Stand] | None = None  # once it is closed
    roads: dict[Party, Event] = field(default_factory=dict)
    placed: Event | None = None
    closed_at: Any = None

    @property
    def version(self) -> int:
        return len(self.versions)

    @property
    def items(self) -> tuple[int, ...]:
        return self.versions[-1].items

    @property
    def closed(self) -> bool:
        return self.stands is not None

    @property
    def agreed(self) -> bool:
        """By all three, on the same version."""
        return self.stands is not None and set(self.stands.values()) == {Stand.CONFIRMED}

    def stand(self, party: Party, *, vacant: bool) -> Stand:
        """What was said of this version stays said, whoever holds the post now."""
        answer = self.answers.get(party)
        if answer is not None:
            return Stand.CONFIRMED if answer.verb is Verb.CONFIRMED else Stand.DECLINED
        if party is Party.GROUP:
            return Stand.DECLINED if self.voted.get(self.version) is False else Stand.SILENT
        return Stand.VACANT if vacant else Stand.SILENT


def talk(events: Sequence[Event]) -> Talk:
    found = Talk()
    for event in events:
        _take(found, event)
    return found


def _take(found: Talk, event: Event) -> None:
    if event.party is not None and event.verb in _STANDS:
        getattr(found, _STANDS[event.verb])[event.party] = event
        return
    body = event.body
    match event.verb:
        case Verb.OPENED:
            found.until = date.fromisoformat(body["until"])
            found.versions.append(Version(tuple(body["items"])))
        case Verb.PROPOSED:
            found.waiting[event.id] = event
        case Verb.ANSWERED:
            proposal = found.waiting.pop(body["proposal"])
            if body["yes"]:
                _new_version(found, Change.read(proposal.body["change"]), proposal, body)
        case Verb.CHANGED:
            _new_version(found, Change.read(body["change"]), event, body)
        case _:
            _pass_by(found, event)


# What each party has said last, by itself: see the fields of Talk.
_STANDS = {Verb.CONFIRMED: "answers", Verb.DECLINED: "answers", Verb.REMARKED: "remarks", Verb.ROADS: "roads"}


def _pass_by(found: Talk, event: Event) -> None:
    body = event.body
    match event.verb:
        case Verb.VOTING:
            found.vote_until = date.fromisoformat(body["until"])
        case Verb.VOTED:
            found.vote_until = None
            found.voted[body["version"]] = body["passed"]
        case Verb.CLOSED:
            found.stands = {Party(party): Stand(stand) for party, stand in body["stands"].items()}
            found.closed_at = event.at
        case Verb.PLACED:
            found.placed = event


def _new_version(found: Talk, change: Change, by: Event, body: Mapping[str, Any]) -> None:
    """Nobody has confirmed it, no vote is about it, and there is time to look at it."""
    found.versions.append(Version(changed(found.items, change), change, by))
    found.answers.clear()
    found.vote_until = None
    found.until = max(found.until, date.fromisoformat(body["until"]))


def changed(items: Sequence[int], change: Change) -> tuple[int, ...]:
    """Raises Refused when it would change nothing, or leave nothing."""
    there, rest = change.item in items, [item for item in items if item != change.item]
    if there == (change.how is How.ADD):
        raise Refused("list_has_it" if there else "list_lacks_it")
    if change.how is How.STRIKE:
        if not rest:
            raise Refused("list_empty")
        return tuple(rest)
    if not there and len(items) >= MOST:
        raise Refused("list_full", most=MOST)
    place = min(max(int(change.place or 1), 1), len(rest) + 1)
    then = (*rest[: place - 1], change.item, *rest[place - 1 :])
    if then == tuple(items):
        raise Refused("list_same")
    return then


def check_opening(items: Sequence[int], days: int) -> None:
    if not items or len(items) != len(set(items)) or len(items) > MOST:
        raise Refused("list_empty" if not items else "list_full", most=MOST)
    if days not in LASTS:
        raise Refused("gone")


def check(found: Talk, party: Party, verb: Verb, body: Mapping[str, Any]) -> None:
    """Raises Refused unless this party may do this now."""
    if verb in BY_ITSELF:
        raise Refused("not_allowed")
    if (verb in GROUPS_OWN and party is not Party.GROUP) or (verb in OFFICES_OWN and party is Party.GROUP):
        raise Refused("not_allowed")
    if found.closed != (verb in AFTERWARDS) or found.placed is not None:
        raise Refused("list_closed" if found.closed else "list_open")
    if verb in NEEDS_WORDS and not str(body.get("words") or "").strip():
        raise Refused("reason_needed")
    match verb:
        case Verb.PROPOSED | Verb.CHANGED:
            changed(found.items, Change.read(body["change"]))
        case Verb.ANSWERED:
            _check_answer(found, body)
        case Verb.VOTING:
            _check_voting(found, body)
        case Verb.CONFIRMED | Verb.DECLINED:
            _check_confirming(found, party, verb, body)
        case Verb.REMARKED if party in found.remarks:
            raise Refused("remark_stands")


def _check_answer(found: Talk, body: Mapping[str, Any]) -> None:
    proposal = found.waiting.get(body["proposal"])
    if proposal is None:
        raise Refused("already_decided")
    if not body["yes"] and not str(body.get("words") or "").strip():
        raise Refused("reason_needed")
    if body["yes"]:
        changed(found.items, Change.read(proposal.body["change"]))


def _check_voting(found: Talk, body: Mapping[str, Any]) -> None:
    _check_version(found, body)
    if found.waiting:
        raise Refused("answer_first")
    if found.vote_until is not None:
        raise Refused("vote_runs")
    if found.version in found.voted:
        raise Refused("voted_already")


def _check_confirming(found: Talk, party: Party, verb: Verb, body: Mapping[str, Any]) -> None:
    _check_version(found, body)
    before = found.answers.get(party)
    if before is not None and (before.verb is Verb.CONFIRMED or before.verb is verb):
        raise Refused("confirmed_already")  # a yes is kept for ever; a no may become a yes
    if party is Party.GROUP and found.waiting:
        raise Refused("answer_first")
    if party is Party.GROUP and not found.voted.get(found.version):
        raise Refused("members_first")


def _check_version(found: Talk, body: Mapping[str, Any]) -> None:
    """Nobody says yes to a list that they have not seen."""
    if body["version"] != found.version:
        raise Refused("list_changed")


def one_party(party: Party, acted_for: Collection[Party]) -> None:
    """One person never speaks for two parties: not by two roles, nor as somebody's colleague."""
    if set(acted_for) - {party}:
        raise Refused("two_parties")


def passed(yes: int, no: int) -> bool:
    """More than half of the members who voted."""
    return yes > no


def may_close(found: Talk, today: date, vacant: Collection[Party]) -> dict[Party, Stand] | None:
    """How each stands, when it is time: all three have confirmed this version, or the set time is over."""
    stands = {party: found.stand(party, vacant=party in vacant) for party in Party}
    if found.closed or (set(stands.values()) != {Stand.CONFIRMED} and today <= found.until):
        return None
    return stands


def until_after_change(today: date) -> date:
    return today + timedelta(days=AFTER_A_CHANGE)
