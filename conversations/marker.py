"""The group proposes the gender marker of a promise: who gains, who could lose, why, and how it will be seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_page
from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.markers import LONGEST, Level, Proposal
from domain.people import Action
from locales import _
from publish import marker_words
from storage import promise_markers


async def marker(chat: Chat) -> None:
    if not await chat.look("any", partial(_has_promises, person=chat.person)):
        return chat.say(_("No promise is written down for your community yet."))
    promise_id = await chat.pick(
        "promise", _("Whom does a promise help, women or men? Choose the promise."), partial(_options, chat)
    )
    proposal = await _proposal(chat)
    if not await chat.confirm(
        "sure", partial(_read_back, promise_id, proposal, chat.today()), yes=_("Yes, propose it")
    ):
        return chat.say(_("Nothing was written down."))
    told = {"promise_id": promise_id, "person_id": chat.person.id, "proposal": proposal}
    await chat.do("save", partial(promise_markers.propose, **told, on=chat.today(), now=chat.now()))
    chat.say(
        _(
            "Thank you. It stands with the promise, and the municipality is asked for its answer. "
            "Whatever it answers, your words stay."
        )
    )


async def _proposal(chat: Chat) -> Proposal:
    gains = await chat.text(
        "gains", _("Who gains when this promise is kept? Please do not name anybody."), longest=LONGEST
    )
    nobody = _("Nobody that we know of")
    loses = await chat.text("loses", _("Who could lose by it, or be left out?"), longest=LONGEST, optional=nobody)
    levels = [Option(int(one), marker_words.level(one)) for one in Level]
    hint = _("2 is not better than 1. A road that everybody needs can be a 0.")
    level = Level(await chat.pick("level", _("Is this promise about equality of women and men?"), levels, hint=hint))
    why = await chat.text("why", _("Why do you see it so? One sentence."), longest=LONGEST)
    if level is Level.NOT:
        return Proposal(level, why, gains, loses)
    ask = _("How will one see that it helped? Name one thing that can be counted. For example: girls who play sports.")
    indicator = await chat.text("indicator", ask, longest=LONGEST)
    today = _("How does it stand today? For example: 3 of 40 girls.")
    baseline = await chat.text("baseline", today, longest=LONGEST, optional=_("I do not know"))
    return Proposal(level, why, gains, loses, indicator, baseline)


async def _options(chat: Chat, db: AsyncConnection) -> Sequence[Option]:
    found = await promise_markers.to_propose(db, person_id=chat.person.id)
    return promise_page.options(found, chat.today())


async def _read_back(promise_id: int, proposal: Proposal, today: date, db: AsyncConnection) -> str:
    said = await promise_page.said(db, promise_id=promise_id, today=today)
    ask = _("Everybody will read this with the promise, and it stays. Shall I propose it like this?")
    return "\n\n".join([said, "\n".join(marker_words.proposal(proposal)), ask])


async def _has_promises(db: AsyncConnection, person: Person) -> bool:
    return bool(await promise_markers.to_propose(db, person_id=person.id))


ENTRY = Entry(
    "marker",
    marker,
    lambda: _("⚖️ Whom a promise helps"),
    action=Action.PROPOSE_MARKER,
    in_menu=True,
    offered=_has_promises,
    nudge_after=None,
)
