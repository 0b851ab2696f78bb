"""From entries to the record: the newest of what there is one of, everything of what there is many, as corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.meetings.entries import NO_TIME, Entry, Verb
from domain.meetings.record import (
    Answer,
    Attendee,
    Counted,
    Given,
    Guest,
    Item,
    Opinion,
    Promise,
    Question,
    ReadBack,
    Record,
    Reply,
    Road,
    Side,
    Source,
    Speaker,
    State,
    Vote,
)
from domain.people import Sex
from domain.promises import Vague


def standing(entries: Sequence[Entry]) -> list[Entry]:
    """Every entry once, where it was entered first, with what its last correction says; what was struck is gone."""
    found: dict[str, Entry] = {}
    first: dict[str, str] = {}  # of a correction: the entry it goes back to
    for each in entries:
        origin = each.body.get("entry" if each.verb is Verb.STRUCK else "corrects")
        origin = first.get(str(origin), origin)
        if each.verb is Verb.STRUCK:
            found.pop(str(origin), None)
        elif origin is None:
            found[each.id] = each
        elif origin in found and found[origin].verb is each.verb:
            found[origin] = Entry(origin, each.verb, each.body, found[origin].at)
            first[each.id] = origin
    return list(found.values())


def read(
    entries: Sequence[Entry],
    *,
    meeting_id: int,
    number: int,
    year: int,
    municipality_id: int,
    community_ids: Sequence[int],
    zone: ZoneInfo,
) -> Record:
    """`entries` in the order in which they arrived; one of them, at least, plans the meeting."""
    stood = standing(entries)
    planned, opened = _last(stood, Verb.PLANNED), _last(stood, Verb.OPENED)
    if planned is None:
        raise LookupError("a meeting begins with its plan")
    chaired, agenda, road = _body(stood, Verb.CHAIRED), _body(stood, Verb.AGENDA), _last(stood, Verb.ROAD)
    starts_at = datetime.fromisoformat(planned.body["starts_at"])
    made_on = (opened.at if opened else starts_at).astimezone(zone).date()
    guests = _guests(stood)
    closed = _last(stood, Verb.CLOSED)
    return Record(
        id=meeting_id,
        number=number,
        year=year,
        municipality_id=municipality_id,
        community_ids=tuple(community_ids),
        state=_state(stood),
        starts_at=starts_at,
        place=planned.body["place"],
        chair=chaired.get("chair", ""),
        secretary=chaired.get("secretary", ""),
        opened_at=opened.at if opened else None,
        closed_at=closed.at if closed else None,
        guests=tuple(guests.values()),
        attendees=tuple(_attendee(each) for each in stood if each.verb is Verb.ATTENDED),
        items=tuple(_item(body, stood, guests, made_on) for body in agenda.get("items", ())),
        road=_road(road.body) if road else None,
        entries=len(entries),
    )


def _state(stood: Sequence[Entry]) -> State:
    """What was said last; who came after all makes it a meeting."""
    states = {Verb.OPENED: State.OPEN, Verb.CLOSED: State.CLOSED, Verb.ROAD: State.NOT_HELD}
    return next((states[each.verb] for each in reversed(stood) if each.verb in states), State.PLANNED)


def _last(stood: Sequence[Entry], verb: Verb) -> Entry | None:
    return next((each for each in reversed(stood) if each.verb is verb), None)


def _body(stood: Sequence[Entry], verb: Verb) -> Mapping[str, Any]:
    found = _last(stood, verb)
    return found.body if found else {}


def _guests(stood: Sequence[Entry]) -> dict[str, Guest]:
    found = {each.body["guest"]: _guest(each.body) for each in stood if each.verb is Verb.INVITED}
    starts_at = None
    for each in stood:
        if each.verb is Verb.PLANNED and each.body["starts_at"] != starts_at:
            starts_at = each.body["starts_at"]
            found = {guest.id: _of_another_day(guest) for guest in found.values()}
        elif each.verb is Verb.REPLIED and (replied := found.get(each.body["guest"])):
            said = {"reply": Reply(each.body["reply"]), "sends": each.body.get("who", "")}
            found[replied.id] = replace(replied, **said)
    return found


def _guest(body: Mapping[str, Any]) -> Guest:
    return Guest(body["guest"], body["name"], body["office"], Side(body["branch"]), body.get("role_id"))


def _of_another_day(guest: Guest) -> Guest:
    """Who said that they come on one day has not said it of another."""
    return replace(guest, reply=None, sends="", before=guest.reply or guest.before)


def _attendee(entry: Entry) -> Attendee:
    body = entry.body
    where = Side(body["side"]), Sex(body["sex"])
    return Attendee(entry.id, body["name"], body.get("office", ""), *where, bool(body.get("by_code")))


def _road(body: Mapping[str, Any]) -> Road:
    return Road(
        Source(body["source"]), body.get("registry", ""), date.fromisoformat(body["day"]), body.get("stamp", "")
    )


def _item(body: Mapping[str, Any], stood: Sequence[Entry], guests: Mapping[str, Guest], made_on: date) -> Item:
    mine = [each for each in stood if each.body.get("item") == body["id"]]
    presented, heard = _last(mine, Verb.PRESENTED), _body(mine, Verb.HEARD)
    backs = {each.body["promise"]: each.body for each in stood if each.verb is Verb.READ_BACK}
    return Item(
        **body,
        presented_by=_speaker(presented.body) if presented else None,
        heard=heard.get("words", ""),
        opinions=tuple(Opinion(e.id, _speaker(e.body), e.body["words"]) for e in mine if e.verb is Verb.SPOKE),
        questions=tuple(_question(each) for each in mine if each.verb is Verb.ASKED),
        votes=tuple(_vote(each) for each in mine if each.verb is Verb.VOTED),
        answers=(*_written(mine, guests), *(_given(each) for each in mine if each.verb is Verb.ANSWERED)),
        promises=tuple(_promise(each, backs.get(each.id, {}), made_on) for each in mine if each.verb is Verb.PROMISED),
    )


def _speaker(body: Mapping[str, Any], prefix: str = "") -> Speaker:
    sex, side = body.get(f"{prefix}sex", Sex.UNDISCLOSED), body.get(f"{prefix}side", Side.COMMUNITY)
    return Speaker(body[f"{prefix}name"], Sex(sex), Side(side))


def _question(entry: Entry) -> Question:
    body = entry.body
    replied = _speaker(body, "reply_") if "reply_name" in body else None
    return Question(entry.id, _speaker(body), body["words"], body.get("reply", ""), replied)


def _vote(entry: Entry) -> Vote:
    body = entry.body
    return Vote(entry.id, body.get("about", ""), body["in_favour"], body["against"], body["abstained"])


def _written(mine: Sequence[Entry], guests: Mapping[str, Guest]) -> list[Given]:
    """What an official answered in writing before the meeting stands in the agenda as their branch's answer."""
    found = {}
    for each in mine:
        guest = guests.get(each.body["guest"]) if each.verb is Verb.WROTE else None
        if guest is not None:
            answer, words = Answer(each.body["answer"]), each.body["words"]
            found[guest.id] = Given(
                each.id, guest.branch, answer, words, guest.name, guest.office, source=Source.BEFOREHAND
            )
    return list(found.values())


def _given(entry: Entry) -> Given:
    body = entry.body
    return Given(
        entry.id,
        Side(body["branch"]),
        Answer(body["answer"]),
        body.get("words", ""),
        body.get("name", ""),
        body.get("office", ""),
        body.get("whose", ""),
        Counted(body["counted"]) if "counted" in body else None,
        body.get("year"),
        body.get("programme", ""),
        Source(body.get("source", Source.ROOM)),
        body.get("registry", ""),
    )


def _promise(entry: Entry, back: Mapping[str, Any], made_on: date) -> Promise:
    body = entry.body
    corrected = back.get("words", "") if back.get("how") == ReadBack.CORRECTED else ""
    return Promise(
        id=entry.id,
        speaker=body["name"],
        office=body["office"],
        words=corrected or body["words"],
        made_on=made_on,
        due=_due(body["due"]),
        voice=body.get("voice", ""),
        money=body.get("money", ""),
        money_source=body.get("money_source", ""),
        check=body.get("check", ""),
        read_back=ReadBack(back.get("how", ReadBack.NOT_ASKED)),
        sex=Sex(body.get("sex", Sex.UNDISCLOSED)),
        branch=Side(body["side"]) if "side" in body else None,
        first_words=body["words"] if corrected else "",
    )


def _due(value: str) -> date | Vague | None:
    if value == NO_TIME:
        return None
    return Vague(value) if value in set(Vague) else date.fromisoformat(value)
