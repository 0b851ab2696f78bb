"""One promise as people read it: the words, and both sides' latest answers beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.questions.option import Option
from domain.promises import Axis, Finding, Heard, Reason, Source, Status, Verdict, Word, due_on
from locales import _, current
from publish import day_words, marker_words, money_words, need_words, promise_added
from publish import promise_words as words
from storage import elections, posts, promise_markers, promise_money, promise_reading, promises
from storage.promise_reading import Around
from storage.promises import Dossier, NewPromise, Told

LONGEST_LABEL = 48


async def text(db: AsyncConnection, *, promise_id: int, today: date, inside: bool = False) -> str:
    """As everybody reads it; `inside` with what the office hears first, for the office and the group."""
    dossier = await promises.dossier(db, promise_id=promise_id)
    verdict = dossier.verdict(today)
    holder = await _holder(db, dossier, today)
    coming = _coming(dossier, today) if inside else ""
    money = "\n".join(money_words.line(one) for one in promise_money.stages(dossier))
    marked = "\n".join(marker_words.lines(promise_markers.marker(dossier)))
    added = "\n".join(promise_added.lines(dossier))
    head = await _head(db, dossier, today)
    sides = _sides(dossier.shown(today))
    return "\n\n".join(filter(None, [head, holder, _stands(verdict), sides, coming, money, marked, added]))


def _coming(dossier: Dossier, today: date) -> str:
    """What was seen and is not shown yet, and how it will stand then."""
    if (coming := dossier.coming(today)) is None:
        return ""
    verdict, day = coming
    since = _("From {day} everybody reads, unless the office answers before:").format(day=day_words.day(day))
    seen = [_sight(told) for told in dossier.held(today) if told.kind == Axis.GROUP]
    return "\n".join([since, *seen, f"{words.SIGNS[verdict.status]} {words.stands(verdict, due=False)}."])


def _stands(verdict: Verdict, *, asked: bool = False) -> str:
    """Its day stands above. `asked`: who is asked need not read until when neighbours may disagree."""
    late = verdict.status is Status.KEPT_LATE  # how late is read off both days
    stands = f"{words.SIGNS[verdict.status]} {words.stands(verdict, due=late)}."
    doubted = _("🙋 Neighbours see it otherwise; the group is asked to look again.") if verdict.doubted else ""
    return "\n".join(filter(None, [stands, "" if asked else words.provisional(verdict), doubted]))


async def said(db: AsyncConnection, *, promise_id: int, today: date) -> str:
    """The promise alone, where nothing is known yet of how it stands."""
    return await _head(db, await promises.dossier(db, promise_id=promise_id), today)


async def question(db: AsyncConnection, *, promise_id: int, ask: str, today: date, near: bool = True) -> str:
    """Who is reminded reads how far its day is, but not of what is kept: that the day passed is no matter then."""
    dossier = await promises.dossier(db, promise_id=promise_id)
    verdict = dossier.verdict(today)
    open_ = verdict.status not in {Status.KEPT, Status.KEPT_LATE}
    days = words.nearness(verdict.due, today) if near and open_ and verdict.due else ""
    known = _stands(verdict, asked=True) if near and verdict.reason is not Reason.NOTHING_KNOWN else ""
    return "\n\n".join(filter(None, [await _head(db, dossier, today), days, known, ask]))


async def _holder(db: AsyncConnection, dossier: Dossier, today: date) -> str:
    """Who holds the office now, where it is not who spoke: an office keeps its promises."""
    answerer, where = dossier.answerer, dossier.municipality_id
    row = await posts.holder(db, municipality_id=where, office=answerer.office, on=today)
    if row is None or row.name == answerer.speaker or await elections.quiet(db, municipality_id=where, today=today):
        return ""
    said = _("{office}: since {day} this office is held by {name}, and it answers for the promise.")
    return said.format(office=answerer.office, day=day_words.day(row.since), name=row.name)


async def _head(db: AsyncConnection, dossier: Dossier, today: date) -> str:
    """In election weeks the office stands there alone: nobody is praised or blamed by name."""
    quiet = await elections.quiet(db, municipality_id=dossier.municipality_id, today=today)
    return await head(db, dossier.new, named=not quiet, due=_due(dossier, today))


def _due(dossier: Dossier, today: date) -> str:
    """Both sides may have agreed on another day: the first stands beside it."""
    first, now = words.by_when(dossier.new.promise), dossier.verdict(today).due
    if now is None or now == due_on(dossier.new.promise):
        return first
    return _("{day}, as was agreed (at first: {first})").format(day=day_words.day(now), first=first)


async def head(db: AsyncConnection, new: NewPromise, *, named: bool = True, due: str | None = None) -> str:
    around = await promise_reading.around(db, promise=new)
    who = {"speaker": new.speaker, "office": new.office, "day": day_words.day(new.made_on)}
    spoken = _("{speaker}, {office}, on {day}") if named else _("{office}, on {day}")
    lines = [
        words.quoted(new.words),
        " – ".join(filter(None, [spoken.format(**who), _where(new)])),
        _("For: {place}").format(place=_for_whom(new, around)),
        _("By: {day}").format(day=due or words.by_when(new.promise)),
    ]
    return "\n".join(lines)


def _where(new: NewPromise) -> str:
    """Most were said at a round table: that is told only where its minutes have a number."""
    source = words.source(new.source)
    if new.document and new.document.number:
        return f"{source}: {new.document.number}"
    return source if new.source is not Source.ROUND_TABLE else ""


def _for_whom(new: NewPromise, around: Around) -> str:
    place = around.place.named(current())
    whole = _("the whole community of {place}").format(place=place) if around.whole_community else place
    about = _about(new, around)
    return f"{whole} – {about}" if about else whole


def _about(new: NewPromise, around: Around) -> str:
    """A need in words only where these were released."""
    if around.need is not None:
        return around.need.words or need_words.kind(around.need.kind)
    return need_words.kind(new.kind) if new.kind else ""


def _sides(dossier: Dossier) -> str:
    """Where neither has told anything the status says so already."""
    said, sights = dossier.last(Axis.OFFICIAL), dossier.sights()
    both = [_official(said), *_group(sights)] if said or sights else []
    return "\n".join([*_record(dossier), *both])


def _record(dossier: Dossier) -> list[str]:
    corrected = dossier.last(promises.CORRECTED)
    if corrected is not None:
        return [_("The official says that it was meant so: “{words}”").format(words=corrected.body["words"])]
    return []


def _official(told: Told | None) -> str:
    if told is None:
        return _("🏛 The official: has not answered yet.")
    word = words.said(Word(told.body["value"]))
    line = _("🏛 The official: {word} ({day}).").format(word=word, day=day(told))
    line += {"document": " 📎", "photo": " 📷"}.get(told.body.get("paper", ""), "")
    if told.body.get("why"):
        line += " " + words.quoted(told.body["why"])
    if told.body.get("new_due"):
        line += " " + _("The day asked for: {day}.").format(day=day_words.day(date.fromisoformat(told.body["new_due"])))
    return line


def _group(sights: Sequence[Told]) -> list[str]:
    """In public a check is the group's, never a member's: no names, no notes, and no count of members."""
    latest: dict[str, Told] = {told.body["value"]: told for told in sights}
    seen = sorted(latest.values(), key=lambda told: -told.number)
    if not seen:
        return [_("👀 The group: has not checked yet.")]
    lines = [_sight(told) for told in seen]
    if len(lines) > 1:
        lines.append(_("Not everybody in the group saw the same; both stand here."))
    if len({told.body.get("weight", 1) for told in sights}) > 1:
        lines.append(_("The group has decided: who lives there counts twice."))
    return lines


def _sight(told: Told) -> str:
    line = _("👀 The group: {finding} ({day}).").format(finding=words.seen(Finding(told.body["value"])), day=day(told))
    return f"{line} 📷" if told.photo else line


def sight(told: Told) -> str:
    """One thing that was seen, with the words of who saw it: for the desk only."""
    line = f"{day(told)}: {words.seen(Finding(told.body['value']))}"
    line = f"{line}, {told.place}" if told.place else line
    return f"{line}\n{words.quoted(told.note)}" if told.note else line


def heard(told: Told) -> str:
    """What a neighbour added, for the desk: nobody reads there who it was."""
    too = told.body["value"] == Heard.SUPPORTS
    return f"{day(told)}: " + (_("a neighbour sees it too") if too else _("a neighbour sees it otherwise"))


def day(told: Told) -> str:
    return day_words.day(date.fromisoformat(told.body["on"]))


async def about(db: AsyncConnection, args: dict[str, Any], sign: str) -> str:
    """What a conversation about one promise is called where several lie open."""
    return f"{sign} {short((await promises.dossier(db, promise_id=int(args['promise']))).new.words)}"


def options(dossiers: Sequence[Dossier], today: date) -> list[Option]:
    return [Option(one.id, f"{words.SIGNS[one.verdict(today).status]} {short(one.new.words)}") for one in dossiers]


def short(said: str) -> str:
    line = " ".join(said.split())
    return line if len(line) <= LONGEST_LABEL else line[: LONGEST_LABEL - 1].rstrip() + "…"
