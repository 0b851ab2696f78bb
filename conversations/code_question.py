"""Over the open web, where a group has handed out slips: the code on it, if they have one."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from domain.polls import Origin
from locales import _
from storage import answers, household_codes
from storage.household_codes import Redeemed

TRIES = 3  # a slip of the finger is not a guess
LONGEST = 40


async def code_question(chat: Chat, poll_id: int, village_id: int) -> None:
    """Goes on without a code as well: the answer is then read, and counted beside."""
    if not await chat.look("wanted", partial(_wanted, chat=chat, poll_id=poll_id, village_id=village_id)):
        return
    ask = _("Did your group give your home a slip with a code? Then write its ten digits here, and your answer counts.")
    hint = _("Without a code your answer is read too, and counted beside.")
    use = partial(household_codes.redeem, person_id=chat.person.id, poll_id=poll_id, village_id=village_id)
    for number in range(1, TRIES + 1):
        part = chat.part(str(number))
        typed = await part.text("code", ask, longest=LONGEST, hint=hint, optional=_("I have no code"))
        if typed is None:
            return
        said = Redeemed(await part.do("use", partial(use, typed=typed, now=chat.now())))
        chat.say(words(said))
        if said is not Redeemed.WRONG:
            return
        ask, hint = _("Shall we try once more? The code has ten digits."), ""


async def _wanted(db: AsyncConnection, *, chat: Chat, poll_id: int, village_id: int) -> bool:
    """Not of an account, nor of who has shown theirs, nor where no code was ever handed out."""
    person = chat.person
    if not person.channel.startswith("web"):
        return False
    if await answers.origin_of(db, person_id=person.id, channel=person.channel) is not Origin.OPEN_WEB:
        return False
    where = {"poll_id": poll_id, "village_id": village_id}
    if await household_codes.held(db, person_id=person.id, **where) is not None:
        return False
    return await household_codes.handed_out(db, **where)


def words(said: Redeemed) -> str:
    """Whatever is wrong with a code, the answer is kept."""
    beside = _("Your answer is kept all the same, and counted beside.")
    return {
        Redeemed.GOOD: _("Thank you, the code is right: your answer counts."),
        Redeemed.WRONG: _("I do not know this code. Please look at the slip once more.") + " " + beside,
        Redeemed.USED: _("This code was used already; each works once. If that was not you, tell your group.")
        + " "
        + beside,
        Redeemed.VOIDED: _("This code does not hold any more. Your group can give you another.") + " " + beside,
        Redeemed.ELSEWHERE: _("This code is for another village or another poll.") + " " + beside,
        Redeemed.TOO_MANY: _("That were many wrong codes. Please try again in an hour.") + " " + beside,
    }[said]
