"""Answers that look odd are shown to somebody who did not collect them: numbers and times, never anybody's words."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.flags import Decision
from domain.people import Action
from locales import _
from publish import flag_words
from storage import asking_again, flags

AT_A_TIME = 20
LATER = "later"
LONGEST_REASON = 300


async def flagged(chat: Chat) -> None:
    left: list[int] = []
    for number in range(1, AT_A_TIME + 1):
        part = chat.part(str(number))
        flag_id = await part.look("flag", partial(_next, person=chat.person, left=list(left)))
        if flag_id is None:
            chat.say(_("Nothing is set aside for you to look at.") if number == 1 else _("That was all. Thank you!"))
            return
        left.append(flag_id)
        await one_flag(part, flag_id)
    chat.say(_("Thank you, that is enough for one time. There is more in the /menu."))


async def one_flag(chat: Chat, flag_id: int) -> None:
    """Shows what is known and asks what shall become of these answers."""
    wish = await chat.pick("wish", partial(_shown, flag_id=flag_id, zone=chat.zone), _wishes())
    if wish == LATER:
        return
    decision = Decision(wish)
    reason = await chat.text(
        "reason",
        _("Why? One sentence, kept with your decision. Please name nobody."),
        longest=LONGEST_REASON,
        optional=False if decision is Decision.VOID else _("Go on without words"),
    )
    decide = partial(_decide, flag_id=flag_id, by=chat.person.id, decision=decision, reason=reason)
    again = await chat.do("decide", lambda db: decide(db, now=chat.now(), zone=chat.zone))
    chat.say(flag_words.decided(decision, again))


async def _decide(
    db: AsyncConnection, *, flag_id: int, by: int, decision: Decision, reason: str | None, now: datetime, zone: Any
) -> int:
    """What stays beside until it is asked again gets somebody who asks: answers at how many homes."""
    await flags.decide(db, flag_id=flag_id, by=by, decision=decision, reason=reason, now=now)
    if decision is not Decision.ASIDE:
        return 0
    return await asking_again.of_flag(db, flag_id=flag_id, now=now, zone=zone)


def _wishes() -> list[Option]:
    return [
        Option(Decision.COUNTS.value, _("Count them")),
        Option(Decision.ASIDE.value, _("Leave them beside until asked again")),
        Option(Decision.VOID.value, _("Do not count them")),
        Option(LATER, _("Later")),
    ]


async def _next(db: AsyncConnection, *, person: Person, left: list[int]) -> int | None:
    waiting = await flags.to_decide(db, person_id=person.id)
    return next((each for each in waiting if each not in left), None)


async def _shown(db: AsyncConnection, *, flag_id: int, zone: tzinfo) -> str:
    facts = await flags.facts(db, flag_id=flag_id)
    again = await asking_again.results_of_flag(db, flag_id=flag_id)
    ask = _("Until somebody has decided, they are not in the count. What shall become of them?")
    return "\n\n".join([await flag_words.case(db, facts, again, zone), ask])


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return bool(await flags.to_decide(db, person_id=person.id))


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return await _offered(db, person)


ENTRY = Entry(
    "flagged",
    flagged,
    lambda: _("⚖️ Answers that were set aside"),
    action=Action.DECIDE_FLAG,
    in_menu=True,
    offered=_offered,
    reminder=True,
    nudge_after=None,
    expires_after=timedelta(days=2),
    still=_still,
)
