"""What each party says in the talk about the list: one short run for each thing that is done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import dialogue_trail
from conversations import dialogue_words as words
from conversations.chat import Chat
from conversations.dialogue import door
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.dialogue import Party, Verb
from locales import _
from storage import dialogue_course, dialogue_seats, dialogues, roles
from storage.dialogues import Dialogue

LONGEST = 300  # letters of a reason, or of the sentence that stands beside the list
YES, DECLINE = "yes", "decline"


async def act(chat: Chat, verb: Verb, body: dict[str, Any]) -> None:
    what = partial(dialogue_course.act, dialogue_id=at(chat), by=chat.person.id, verb=verb, body=body)

    async def acting(db: AsyncConnection) -> None:
        await what(db, now=chat.now(), zone=chat.zone)

    await chat.do("act", acting)


def at(chat: Chat) -> int:
    return int(chat.args["dialogue"])


async def dialogue_answer(chat: Chat) -> None:
    """The group takes up a proposal, or says why not."""
    waiting = await chat.look("first", partial(_first_waiting, chat=chat))
    if waiting is None:
        return chat.say(_("No proposal waits."), doors=(door(),))
    ask = partial(_proposed, chat=chat, number=waiting)
    yes = await chat.confirm("yes", ask, yes=_("Yes, we take it up"), no=_("No"))
    why = None if yes else await chat.text("why", _("Why not? Everybody can read your reason."), longest=LONGEST)
    await act(chat, Verb.ANSWERED, {"proposal": waiting, "yes": yes, "words": why or ""})
    chat.say(
        _("The list has a new version; all look at it anew.") if yes else _("Your answer stands."), doors=(door(),)
    )


async def _first_waiting(db: AsyncConnection, *, chat: Chat) -> int | None:
    return next(iter((await _kept(chat, db)).talk.waiting), None)


async def _proposed(db: AsyncConnection, *, chat: Chat, number: int) -> str:
    kept = await _kept(chat, db)
    event = next(each for each in kept.events if each.id == number)
    called = await words.names(db, kept)
    return "\n\n".join(
        [dialogue_trail.said(event, kept, called), words.listed(kept.talk.items, called), _("Do you take it up?")]
    )


async def dialogue_confirm(chat: Chat) -> None:
    """A yes to the version that is shown, whatever happens meanwhile."""
    version = await chat.look("version", partial(_version, chat=chat))
    options = partial(_yes_or_no, chat=chat)
    answer = await chat.pick("answer", partial(_page, chat=chat, version=version), options)
    if answer == YES:
        await act(chat, Verb.CONFIRMED, {"version": version})
        return chat.say(_("Thank you. Your yes is kept with its date."), doors=(door(),))
    why = await chat.text("why", _("What speaks against it? Everybody can read your reason."), longest=LONGEST)
    await act(chat, Verb.DECLINED, {"version": version, "words": why})
    chat.say(_("Your answer stands beside the list. You can still say yes later."), doors=(door(),))


async def _version(db: AsyncConnection, *, chat: Chat) -> int:
    return (await _kept(chat, db)).talk.version


async def _page(db: AsyncConnection, *, chat: Chat, version: int) -> str:
    return await words.page(db, await _kept(chat, db), chat.zone, version=version)


async def _yes_or_no(db: AsyncConnection, *, chat: Chat) -> Sequence[Option]:
    kept = await _kept(chat, db)
    party = await dialogue_seats.party_of(db, person_id=chat.person.id, dialogue_id=kept.id, group_id=kept.group_id)
    yes = Option(YES, _("Yes: this is what the village needs. It is no promise that I will do it."))
    return [yes] if party is Party.GROUP else [yes, Option(DECLINE, _("No, I do not agree"))]


async def dialogue_comment(chat: Chat) -> None:
    item = await chat.pick("item", _("About which need?"), partial(items, chat=chat))
    said = await chat.text("words", _("What would you like to say about it?"), longest=LONGEST)
    await act(chat, Verb.COMMENTED, {"item": int(item), "words": said})
    chat.say(_("The group hears of it."), doors=(door(),))


async def items(db: AsyncConnection, *, chat: Chat) -> Sequence[Option]:
    """Those of the list, as it stands."""
    kept = await _kept(chat, db)
    called = await words.names(db, kept)
    return [Option(item, f"{place}. {called[item]}") for place, item in enumerate(kept.talk.items, start=1)]


async def dialogue_remark(chat: Chat) -> None:
    ask = _("Which sentence shall stand beside the list? Nobody changes a word of it, and you cannot change it later.")
    said = await chat.text("words", ask, longest=LONGEST)
    shown = _("It will stand there like this: “{words}” Is that right?").format(words=said)
    if await chat.confirm("sure", shown):
        await act(chat, Verb.REMARKED, {"words": said})
        chat.say(_("It stands beside the list now."), doors=(door(),))
    else:
        chat.say(_("Nothing was added."), doors=(door(),))


async def dialogue_call(chat: Chat) -> None:
    """The members are asked before their leader may say yes."""
    version = await chat.look("version", partial(_version, chat=chat))
    page = partial(_page, chat=chat, version=version)
    if await chat.confirm("sure", page, yes=_("Yes, let the members vote on it"), no=_("Not yet")):
        await act(chat, Verb.VOTING, {"version": version})
        chat.say(_("Every member is asked now, in private. I tell you when they have decided."))
    else:
        chat.say(_("All right."), doors=(door(),))


async def dialogue_seat(chat: Chat) -> None:
    """Somebody has come into an office that was vacant."""
    chosen = await chat.pick("who", _("Who holds the post now?"), partial(_newcomers, chat=chat))
    if chosen == "":
        return chat.say(_("Then it stays vacant, and the list says so."), doors=(door(),))
    party, role_id = str(chosen).split(".")

    async def seat(db: AsyncConnection) -> None:
        where = {"dialogue_id": at(chat), "by": chat.person.id, "role_id": int(role_id)}
        await dialogue_course.fill(db, **where, party=Party(party), now=chat.now())

    await chat.do("seat", seat)
    chat.say(_("They see the list now."), doors=(door(),))


async def _newcomers(db: AsyncConnection, *, chat: Chat) -> Sequence[Option]:
    kept = await _kept(chat, db)
    municipality_id = await roles.municipality_of(db, group_id=kept.group_id)
    found = [
        Option(f"{party}.{one.role_id}", f"{words.party(party)}: {one.name}")
        for party in sorted(kept.vacant)
        for one in await dialogue_seats.holders(db, party=party, municipality_id=municipality_id)
    ]
    return [*found, Option("", _("Nobody yet"))]


async def _kept(chat: Chat, db: AsyncConnection) -> Dialogue:
    return await dialogues.read(db, dialogue_id=at(chat))


ENTRIES = (
    Entry("dialogue_answer", dialogue_answer, lambda: _("Answer a proposal"), nudge_after=None),
    Entry("dialogue_confirm", dialogue_confirm, lambda: _("Confirm the list"), nudge_after=None),
    Entry("dialogue_comment", dialogue_comment, lambda: _("Say something about a need"), nudge_after=None),
    Entry("dialogue_remark", dialogue_remark, lambda: _("A sentence beside the list"), nudge_after=None),
    Entry("dialogue_call", dialogue_call, lambda: _("Let the members vote"), nudge_after=None),
    Entry("dialogue_seat", dialogue_seat, lambda: _("Fill a vacant post"), nudge_after=None),
)
