"""The group answers what an official has asked for: more time, a change, or to let a promise go."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import group_ask, promise_page
from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.group_posts import Kind
from domain.people import Action
from domain.promises import Word
from domain.refusal import Refused
from locales import _
from publish import day_words
from publish.promise_words import quoted
from storage import group_posts, groups, promise_agreeing, promises, telling
from storage.ledger import Witness

YES, NO, ASK = "yes", "no", "ask"
VOTE_DAYS = 3


async def promise_wish(chat: Chat) -> None:
    """`args`: the promise, and the number of the official's word that asks for it."""
    if await chat.look("open", partial(_open, args=chat.args, today=chat.today())):
        await answer_wish(chat, chat.args["promise"], chat.args["wish"])


async def answer_wish(chat: Chat, promise_id: int, wish: int) -> None:
    text = partial(_asked, promise_id=promise_id, today=chat.today())
    said = await chat.pick("answer", text, partial(_answers, chat=chat))
    if said == ASK:
        return await _ask_group(chat, promise_id, wish)
    why = await chat.text(
        "why", _("Would you add a few words for the official? Everybody can read them."), longest=500, optional=True
    )
    give = partial(promise_agreeing.answer, promise_id=promise_id, wish=wish, yes=said == YES, why=why)
    await chat.do("save", partial(give, witness=Witness(chat.person.id), now=chat.now(), zone=chat.zone))
    chat.say(_("Thank you. The official hears your group's answer; this is what everybody reads now:"))
    chat.say(await chat.look("page", partial(promise_page.text, promise_id=promise_id, today=chat.today())))


async def _asked(db: AsyncConnection, *, promise_id: int, today: date) -> str:
    one = await promises.dossier(db, promise_id=promise_id)
    wish = promise_agreeing.wished(one, today)
    if wish is None:
        raise Refused("already_decided")
    day = promise_agreeing.wished_day(one, wish, today)
    lines = [_("The official asks to let this promise go, because it cannot be done:")]
    if wish.body["value"] == Word.CHANGED:
        lines = [_("The official asks to change this promise:")]
    lines += [quoted(wish.body["why"])] if wish.body.get("why") else []
    lines += [_("The day asked for: {day}.").format(day=day_words.day(day))] if wish.body.get("new_due") and day else []
    ask = "\n".join([*lines, _("Does your group agree? Without its yes everything stays as it was promised.")])
    return await promise_page.question(db, promise_id=promise_id, ask=ask, today=today, near=False)


async def _answers(db: AsyncConnection, *, chat: Chat) -> list[Option]:
    mine = await groups.groups_of(db, person_id=chat.person.id, action=Action.SPEAK_TO_GROUP)
    ask = [Option(ASK, _("Ask the group first"))] if mine else []
    return [Option(YES, _("Yes, we agree")), Option(NO, _("No, we do not agree")), *ask]


async def _ask_group(chat: Chat, promise_id: int, wish: int) -> None:
    """A small vote in the group; when it is over the leader is asked again."""
    found = await chat.look("group", partial(_group, chat=chat, promise_id=promise_id))
    closes_at = group_ask.closing(chat.today() + timedelta(days=VOTE_DAYS), chat.zone)
    question = _("The official asks to change “{promise}”. Do we agree?").format(promise=found["promise"])
    args = {"question": question, "options": [_("Yes, we agree"), _("No, we do not agree")]}

    async def put(db: AsyncConnection) -> int:
        told = {"promise": promise_id, "wish": wish}
        await telling.tell(
            db,
            person_id=chat.person.id,
            thing=f"promise:{promise_id}:wish:{wish}:voted",
            conversation="promise_wish",
            args=told,
            now=chat.now(),
            due_at=closes_at + timedelta(minutes=15),  # when the result was told
        )
        ask = partial(group_posts.ask, db, by=chat.person.id, group_id=found["id"], kind=Kind.VOTE, args=args)
        return await ask(closes_at=closes_at, now=chat.now())

    post_id = await chat.do("ask", put)
    await group_ask.hand_over(chat, found["id"], post_id)
    chat.say(_("When they have answered I ask you again."))


async def _group(db: AsyncConnection, *, chat: Chat, promise_id: int) -> dict[str, Any]:
    one = await promises.dossier(db, promise_id=promise_id)
    mine = await groups.groups_of(db, person_id=chat.person.id, action=Action.SPEAK_TO_GROUP)
    here = next((group for group in mine if group.community.id == one.new.community_id), mine[0])
    return {"id": here.id, "promise": promise_page.short(one.new.words)}


async def _open(db: AsyncConnection, *, args: dict[str, Any], today: date) -> bool:
    wish = promise_agreeing.wished(await promises.dossier(db, promise_id=args["promise"]), today)
    return wish is not None and wish.number == args["wish"]


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return "promise" not in args or await _open(db, args=args, today=now.date())


async def promise_answered(chat: Chat) -> None:
    """Told to the official."""
    agreed = _("The group has agreed to what you asked for:")
    refused = _("The group has not agreed to what you asked for, so everything stays as it was promised:")
    chat.say(agreed if chat.args["yes"] else refused)
    if chat.args.get("why"):
        chat.say(quoted(chat.args["why"]))
    page = partial(promise_page.text, promise_id=chat.args["promise"], today=chat.today())
    chat.say(await chat.look("page", page))


async def _about(db: AsyncConnection, args: dict[str, Any]) -> str:
    return await promise_page.about(db, args, "🤝")


ENTRIES = (
    Entry(
        "promise_wish",
        promise_wish,
        lambda: _("What the official asks for"),
        action=Action.ANSWER_WISH,
        reminder=True,
        nudge_after=timedelta(days=2),
        expires_after=timedelta(days=14),
        still=_still,
        about=_about,
    ),
    Entry("promise_answered", promise_answered, lambda: _("The group's answer"), notice=True),
)
