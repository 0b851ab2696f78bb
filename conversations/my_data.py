"""/mydata: everything that is kept about the person who asks, in words, and how to have it erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.another_person import hiding
from conversations.chat import Chat
from conversations.questions.calendar import in_words
from conversations.registry import Entry
from conversations.role_words import title
from domain.people import Role
from locales import LANGUAGES, _, current, ngettext
from publish import channel_words, need_words
from storage import needs
from storage.about_person import Kept, about


async def my_data(chat: Chat) -> None:
    chat.say(await chat.look("kept", partial(_kept, chat=chat)))
    chat.say(
        _("Something is wrong? Write it anew in the /menu, or tell your coordinator. To have it all erased: /forget"),
        doors=(hiding(),),
    )


async def _kept(db: AsyncConnection, *, chat: Chat) -> str:
    kept = await about(db, person_id=chat.person.id)
    lines = [*_told(kept), *_agreed(kept, chat), *_roles(kept), *_answers(kept, chat), *_traces(kept)]
    return "\n".join([_("This is all that I keep about you:"), *(f"• {line}" for line in lines)])


def _told(kept: Kept) -> Iterator[str]:
    if kept.village is not None:
        yield _("your village: {village}").format(village=kept.village.place.named(current()))
    if kept.person.place_note:
        yield _("what you wrote of your village: {note}").format(note=kept.person.place_note)
    told = [need_words.sex(kept.person.sex), need_words.age_band(kept.person.age_band)]
    if any(told):
        yield _("what you told of yourself: {told}").format(told=", ".join(each for each in told if each))
    if kept.person.language:
        yield _("your language: {language}").format(language=LANGUAGES[kept.person.language])
    if kept.channels:
        channels = ", ".join(dict.fromkeys(map(channel_words.channel, kept.channels)))
        yield _("the number of your account, so that I can write to you: {channels}").format(channels=channels)
    if kept.joined:
        yield _("that these phones are all yours, as you told me; to part them again: /menu, “📱 My other phone”")


def _agreed(kept: Kept, chat: Chat) -> Iterator[str]:
    for yes in kept.consents:
        if yes.withdrawn_at is None:
            words = _("your yes of {day} to the text of {version}")
            yield words.format(day=_day(yes.given_at, chat), version=yes.version)


def _roles(kept: Kept) -> Iterator[str]:
    for held in kept.roles:
        name = ", ".join(each for each in (held.name, held.office) if each)
        role = title(Role(held.role))
        yield _("your role: {role}").format(role=f"{role} ({name})" if name else role)


def _answers(kept: Kept, chat: Chat) -> Iterator[str]:
    for answer, told in kept.answers:
        yield _("your answer of {day}:").format(day=_day(answer.answered_at, chat))
        for need in told:
            yield _need(need, chat.person.id)


def _need(need: Any, person_id: int) -> str:
    parts = [need_words.kind(need.kind), needs.words_for(need, person_id), need_words.hurt(need.own_suffers)]
    if need.author_id == person_id:
        parts += [_("a photo") if need.media_id else "", _("a place on the map") if need.lat is not None else ""]
    return " – ".join(part for part in parts if part)


def _for_the_village(kept: Kept) -> Iterator[str]:
    if kept.year_marks:
        words = ngettext(
            "that you marked {count} step of the year", "that you marked {count} steps of the year", kept.year_marks
        )
        yield words.format(count=kept.year_marks)
    if kept.sortings:
        words = ngettext("{count} decision at the sorting desk", "{count} decisions at the sorting desk", kept.sortings)
        yield words.format(count=kept.sortings)


def _choosings(kept: Kept) -> Iterator[str]:
    number = kept.choosings
    if number["chose"]:
        words = ngettext(
            "what you chose among your village's needs, {count} time",
            "what you chose among your village's needs, {count} times",
            number["chose"],
        )
        yield words.format(count=number["chose"])
    if number["entered"]:
        words = ngettext(
            "that you wrote down what {count} neighbour chose",
            "that you wrote down what {count} neighbours chose",
            number["entered"],
        )
        yield words.format(count=number["entered"])
    if number["weighed"]:
        words = ngettext(
            "how bad you find {count} need, and for how many",
            "how bad you find {count} needs, and for how many",
            number["weighed"],
        )
        yield words.format(count=number["weighed"])


def _list(kept: Kept) -> Iterator[str]:
    if kept.dialogues:
        words = ngettext(
            "that you had a part in the village's list {count} time",
            "that you had a part in the village's list {count} times",
            kept.dialogues,
        )
        yield words.format(count=kept.dialogues)
    if kept.colleague_as:
        yield _("that you answer for an office, as {name}").format(name=kept.colleague_as)
    if kept.stood_as:
        yield _("that you stood to speak for your community, as {name}").format(name=kept.stood_as)
    if kept.deeds:
        words = ngettext(
            "{count} deed of your group that you told", "{count} deeds of your group that you told", kept.deeds
        )
        yield words.format(count=kept.deeds)
    if kept.stepped:
        yield _("that the leadership of your group was handed on, from you or to you")


def _followed(kept: Kept) -> Iterator[str]:
    if kept.promises_followed:
        count = kept.promises_followed
        words = ngettext("that you follow {count} promise", "that you follow {count} promises", count)
        yield words.format(count=count)
    if kept.promises_helped:
        yield _("that you follow promises for an office, with your name")
    if kept.places_followed:
        count = kept.places_followed
        places = ngettext(
            "that you hear once a week of the promises to {count} place",
            "that you hear once a week of the promises to {count} places",
            count,
        )
        yield places.format(count=count)
    if kept.photos_looked_at:
        count = kept.photos_looked_at
        looked = ngettext(
            "that you decided whether {count} photo may be shown",
            "that you decided whether {count} photos may be shown",
            count,
        )
        yield looked.format(count=count)


def _traces(kept: Kept) -> Iterator[str]:
    for told in kept.promises:
        note = f" – {told.note}" if told.note else ""
        yield _("what you told of the promise “{promise}”").format(promise=told.words) + note
    for fill in kept.forms:
        yield _("your answers to “{form}”, {percent} %").format(form=fill.title, percent=fill.percent)
    if kept.shared_answers:
        count = kept.shared_answers
        words = ngettext("{count} answer in forms of your group", "{count} answers in forms of your group", count)
        yield words.format(count=count)
    if kept.households:
        count = kept.households
        words = ngettext("that you wrote down {count} household", "that you wrote down {count} households", count)
        yield words.format(count=count)
    if kept.trainings:
        words = ngettext("{count} invitation to a training", "{count} invitations to trainings", kept.trainings)
        yield words.format(count=kept.trainings)
    if kept.group_answers:
        words = ngettext(
            "{count} answer to a question of your group",
            "{count} answers to questions of your group",
            kept.group_answers,
        )
        yield words.format(count=kept.group_answers)
    if kept.entered:
        words = ngettext("that you entered {count} neighbour", "that you entered {count} neighbours", kept.entered)
        yield words.format(count=kept.entered)
    yield from _followed(kept)
    yield from _doors(kept)
    yield from _honesty(kept)
    yield from _choosings(kept)
    yield from _for_the_village(kept)
    yield from _list(kept)
    yield from _for_the_table(kept)
    if kept.files:
        words = ngettext("{count} photo or file", "{count} photos or files", kept.files)
        yield words.format(count=kept.files)
    words = _("our messages here, as they came, with the name that your app sends along: {count} of yours")
    yield words.format(count=kept.messages)


def _for_the_table(kept: Kept) -> Iterator[str]:
    if kept.brief_sections:
        words = ngettext(
            "that you wrote {count} part of a brief", "that you wrote {count} parts of briefs", kept.brief_sections
        )
        yield words.format(count=kept.brief_sections)
    if kept.meeting_entries:
        words = ngettext(
            "that you entered {count} thing at a round table",
            "that you entered {count} things at round tables",
            kept.meeting_entries,
        )
        yield words.format(count=kept.meeting_entries)
    if kept.minutes:
        words = ngettext(
            "that you asked for {count} change of minutes, or received some",
            "that you asked {count} times for changes of minutes, or received some",
            kept.minutes,
        )
        yield words.format(count=kept.minutes)
    if kept.budgets:
        yield _("that you get or sent the table of the budget for women and men, or set the day of an assembly")
    if kept.grants:
        words = ngettext(
            "that you told or made {count} thing about grants",
            "that you told or made {count} things about grants",
            kept.grants,
        )
        yield words.format(count=kept.grants)


def _doors(kept: Kept) -> Iterator[str]:
    if kept.rounds:
        words = ngettext("{count} round from door to door", "{count} rounds from door to door", kept.rounds)
        yield words.format(count=kept.rounds)
    if kept.guests:
        words = ngettext(
            "that {count} other person answered on this phone",
            "that {count} other people answered on this phone",
            kept.guests,
        )
        yield words.format(count=kept.guests)
    if kept.follows:
        words = ngettext(
            "{count} slip of which you wish to hear", "{count} slips of which you wish to hear", kept.follows
        )
        yield words.format(count=kept.follows)
    if kept.listens_as:
        yield _("that you listen to recordings, as {name}").format(name=kept.listens_as)


def _honesty(kept: Kept) -> Iterator[str]:
    number = kept.honesty
    if number["codes_used"]:
        yield _("that you used a code of your group")
    if number["codes_made"]:
        words = ngettext(
            "that you made {count} code for a home", "that you made {count} codes for homes", number["codes_made"]
        )
        yield words.format(count=number["codes_made"])
    if number["decided"]:
        words = ngettext(
            "{count} decision of yours on answers that were set aside, with your reason",
            "{count} decisions of yours on answers that were set aside, with your reasons",
            number["decided"],
        )
        yield words.format(count=number["decided"])
    if number["asked_again"]:
        words = ngettext(
            "that you asked at {count} home again", "that you asked at {count} homes again", number["asked_again"]
        )
        yield words.format(count=number["asked_again"])


def _day(moment: datetime, chat: Chat) -> str:
    return in_words(moment.astimezone(chat.zone).date())


ENTRY = Entry("my_data", my_data, lambda: _("What you keep about me"), needs_welcome=False, nudge_after=None)
