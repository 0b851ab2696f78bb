"""Minutes are written from the record of the meeting: everything that was entered, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain import minutes_body as body
from domain.meetings.record import Given, Item, Opinion, Promise, Question, Record, Reply, Speaker
from domain.minutes import Amendment, Fate
from domain.minutes_body import Body, Names

UNSAID = "none"  # no time at all was named


@dataclass(frozen=True)
class Places:
    """Names by language, of what the record knows by its id."""

    municipality: Names
    communities: Mapping[int, Names]
    villages: Mapping[int, Names]


def write(
    record: Record,
    places: Places,
    *,
    zone: ZoneInfo,
    amendments: Sequence[Amendment] = (),
    until: date | None = None,
    sent_to: Sequence[body.Receiver] = (),
    annexes: Sequence[str] = (),
) -> Body:
    """`amendments` stand in it once both seats have decided about them."""
    day = (record.opened_at or record.starts_at).astimezone(zone).date()
    made: Body = {
        "meeting_id": record.id,
        "number": record.number,
        "municipality": places.municipality,
        "communities": [places.communities[each] for each in record.community_ids],
        "day": day.isoformat(),
        "begins": _hour(record.opened_at or record.starts_at, zone),
        "ends": _hour(record.closed_at, zone),
        "place": record.place,
        "chair": record.chair,
        "secretary": record.secretary,
        "present": [
            {"name": each.name, "office": each.office, "side": each.side.value, "sex": each.sex.value}
            for each in record.attendees
        ],
        "absent": _absent(record),
        "items": [_item(number, item, places) for number, item in enumerate(record.items, 1)],
        "annexes": list(annexes),
        "sent_to": list(sent_to),
        "amendments": [_amended(each) for each in amendments if each.fate is not Fate.WAITING],
    }
    return made if until is None else {**made, "until": until.isoformat()}


def _hour(moment: datetime | None, zone: ZoneInfo) -> str:
    return "" if moment is None else f"{moment.astimezone(zone):%H:%M}"


def _absent(record: Record) -> list[body.Absent]:
    """Who was invited, and whose name is not among those present; who came in their place stands beside it."""
    there = {each.name.casefold() for each in record.attendees}
    away = [each for each in record.guests if each.name.casefold() not in there]
    return [
        {"name": each.name, "office": each.office, "reason": each.sends if each.reply is Reply.SENDS else ""}
        for each in away
    ]


def _item(number: int, item: Item, places: Places) -> body.Item:
    spoke = Counter({each.name.casefold(): each.sex.value for each in item.voices}.values())
    return {
        "number": number,
        "id": item.id,
        "kind": item.kind,
        "words": item.words,
        "asked": item.asked,
        "where": places.villages.get(item.village_id, {}),
        "community_id": item.community_id,
        "village_id": item.village_id,
        "need_id": item.need_id,
        "minutes": item.minutes,
        "presented_by": item.presented_by.name if item.presented_by else "",
        "heard": item.heard,
        "said": [*(_said(each) for each in item.opinions), *(_asked(each) for each in item.questions)],
        "votes": [
            {
                "words": each.about,
                "in_favour": each.in_favour,
                "against": each.against,
                "abstained": each.abstained,
            }
            for each in item.votes
        ],
        "answers": [_answer(each) for each in item.answers],
        "promises": [_promise(each) for each in item.promises],
        "spoke": dict(sorted(spoke.items())),
    }


def _said(said: Opinion) -> body.Said:
    return {"name": said.by.name, "words": said.words, "answer": ""}


def _asked(asked: Question) -> body.Said:
    reply = f"{_by(asked.replied_by)}{asked.reply}" if asked.reply else ""
    return {"name": asked.by.name, "words": asked.words, "answer": reply}


def _by(speaker: Speaker | None) -> str:
    return f"{speaker.name}: " if speaker else ""


def _answer(given: Given) -> body.Answer:
    return {
        "id": given.id,
        "name": given.name,
        "office": given.office,
        "side": given.branch.value,
        "answer": given.answer.value,
        "whose": given.whose,
        "words": given.words,
        "counted": given.counted.value if given.counted else "",
        "year": given.year,
        "programme": given.programme,
        "source": given.source.value,
        "registry": given.registry,
    }


def _promise(promise: Promise) -> body.Promised:
    due = promise.due
    return {
        "entry": promise.id,
        "name": promise.speaker,
        "office": promise.office,
        "words": promise.words,
        "made_on": promise.made_on.isoformat(),
        "due": UNSAID if due is None else due.isoformat() if isinstance(due, date) else due.value,
        "due_on": promise.due_on.isoformat(),
        "money": ", ".join(part for part in (promise.money, promise.money_source) if part),
        "check": promise.check,
        "confirmed": promise.read_back.value,
    }


def _amended(each: Amendment) -> body.Amended:
    accepted = each.fate is Fate.ACCEPTED
    kept: body.Amended = {
        "name": each.name,
        "office": each.office,
        "item": each.item,
        "words": each.words,
        "accepted": accepted,
        "reason": each.reason or "",
    }
    return kept
