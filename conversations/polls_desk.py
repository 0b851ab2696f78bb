"""The coordinator's polls: opens one, sees its counts, closes it, hands the answers out, records what was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import viber_cost
from conversations.agreed_list import agreed_list
from conversations.chat import Chat
from conversations.flagged import one_flag
from conversations.place_options import villages_among
from conversations.poll_words import days, figures, title
from conversations.questions.option import Option
from conversations.registry import Entry
from domain import polls as rules
from domain.people import Action
from locales import _, current, ngettext
from publish import flag_words
from storage import flags, polls, reach

NEW = "new"
LONGEST = timedelta(days=92)


async def polls_desk(chat: Chat) -> None:
    chosen = await chat.pick("poll", _("Which poll?"), partial(_polls, chat=chat))
    if chosen == NEW:
        await _open(chat)
    else:
        await _one(chat, int(chosen))


async def _polls(db: AsyncConnection, *, chat: Chat) -> Sequence[Option]:
    within = await reach.reach(db, person_id=chat.person.id, action=Action.OPEN_POLL)
    found = await polls.reached(db, villages=within)
    return [
        Option(NEW, _("➕ Open a new poll")),
        *[Option(kept.id, await title(db, kept, chat.today())) for kept in found],
    ]


async def _open(chat: Chat) -> None:
    villages = await _villages(chat)
    opens = await chat.date("opens", _("On which day does it open?"), earliest=chat.today(), title=_("First day"))
    first = date.fromisoformat(opens)
    ask = _("Which is the last day to answer?")
    closes = await chat.date("closes", ask, earliest=first, latest=first + LONGEST, title=_("Last day"))
    last = date.fromisoformat(closes)
    preview = partial(_preview, villages=villages, opens=first, closes=last)
    if not await chat.confirm("sure", preview, yes=_("Yes, open it"), no=_("No")):
        chat.say(_("It is not opened."))
        return
    open_ = partial(polls.open_, villages=villages, opens=first, closes=last, opened_by=chat.person.id)
    await chat.do("open", lambda db: open_(db, now=chat.now(), zone=chat.zone))
    chat.say(_("The poll is opened, and people are being written to."))


async def _villages(chat: Chat) -> list[int]:
    """All that the coordinator may ask, or some of them."""
    mine = await chat.look("mine", partial(_mine, person_id=chat.person.id))
    ask = ngettext("There is {count} village. Which ones?", "There are {count} villages. Which ones?", len(mine))
    options = [Option("all", _("All of them")), Option("some", _("Some of them"))]
    which = await chat.pick("which", ask.format(count=len(mine)), options, title=_("Villages"))
    if which == "all":
        return list(mine)
    chosen = await chat.pick_many("villages", _("Which villages?"), partial(villages_among, village_ids=mine))
    return [int(each) for each in chosen]


async def _mine(db: AsyncConnection, *, person_id: int) -> list[int]:
    return sorted(await reach.reach(db, person_id=person_id, action=Action.OPEN_POLL))


async def _preview(db: AsyncConnection, *, villages: list[int], opens: date, closes: date) -> str:
    """What will happen, and how many people will hear of it."""
    people = len(await polls.residents(db, villages=villages))
    where = ngettext("In {count} village", "In {count} villages", len(villages)).format(count=len(villages))
    who = ngettext("{count} resident will be written to.", "{count} residents will be written to.", people)
    cost = viber_cost.words(await polls.residents_on_viber(db, villages=villages))
    receivers = "\n".join(filter(None, [who.format(count=people), cost]))
    return f"{where}, {days(opens, closes)}.\n{receivers}\n\n" + _("Shall I open it?")


async def _one(chat: Chat, poll_id: int) -> None:
    wishes = await chat.look("wishes", partial(_wishes, poll_id=poll_id, chat=chat))
    shown = partial(figures, poll_id=poll_id, person_id=chat.person.id, today=chat.today())
    labels = {
        "export": _("📄 Answers as a table"),
        "agreed": _("📋 Record the agreed list"),
        "flags": _("⚖️ What was set aside"),
        "close": _("Close the poll now"),
        "done": _("That is all"),
    }
    wish = await chat.pick("wish", shown, [Option(each, labels[each]) for each in wishes])
    if wish == "export":
        await _export(chat, poll_id)
    elif wish == "agreed":
        await agreed_list(chat, poll_id)
    elif wish == "flags":
        await _flags(chat, poll_id)
    elif wish == "close":
        await _close(chat, poll_id)


async def _wishes(db: AsyncConnection, *, poll_id: int, chat: Chat) -> list[str]:
    kept = await polls.poll(db, poll_id=poll_id)
    over = rules.state(kept.rules, chat.today()) is rules.State.CLOSED
    odd = bool(await _flags_of(db, poll_id=poll_id, person_id=chat.person.id))
    return ["export", "agreed", *(["flags"] if odd else []), *([] if over else ["close"]), "done"]


async def _flags_of(db: AsyncConnection, *, poll_id: int, person_id: int) -> list[int]:
    within = await reach.reach(db, person_id=person_id, action=Action.DECIDE_FLAG)
    return await flags.of_poll(db, poll_id=poll_id, village_ids=within)


async def _flags(chat: Chat, poll_id: int) -> None:
    """All of them, decided or not: a coordinator may decide anew, and the decisions before stay kept."""

    async def options(db: AsyncConnection) -> Sequence[Option]:
        ids = await _flags_of(db, poll_id=poll_id, person_id=chat.person.id)
        return [Option(each, flag_words.in_short(await flags.facts(db, flag_id=each))) for each in reversed(ids)]

    flag_id = await chat.pick(
        "flag", _("What was set aside, and what was decided. Which one shall we look at?"), options
    )
    await one_flag(chat.part("one"), int(flag_id))


async def _export(chat: Chat, poll_id: int) -> None:
    args: dict[str, Any] = {"poll": poll_id, "language": current(), "by": chat.person.id}
    made = await chat.work("sheet", "answers_xlsx", args)
    if made.get("document"):
        words = _("The answers. The first sheet holds people's own words: it is for you, please do not pass it on.")
        chat.send(words, document=made["document"])
    else:
        chat.say(_("The table could not be made. Please try again a little later."))


async def _close(chat: Chat, poll_id: int) -> None:
    ask = _("Nobody can answer any more afterwards. Shall I close it?")
    if not await chat.confirm("sure", ask, yes=_("Yes, close it"), no=_("No, leave it open")):
        chat.say(_("It stays open."))
        return
    close = partial(polls.close, poll_id=poll_id, closed_by=chat.person.id)
    await chat.do("close", lambda db: close(db, now=chat.now()))
    chat.say(_("The poll is closed. Everybody who answered will be thanked."))


ENTRY = Entry("polls_desk", polls_desk, lambda: _("📊 Polls"), action=Action.OPEN_POLL, in_menu=True)
