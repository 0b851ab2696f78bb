"""A member says of each need how bad it is and for how many; the group sees all of it as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.needs_shown import called
from conversations.person import Person
from conversations.place_names import named, names
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.people import Action
from locales import _, current, ngettext
from publish import weight_words
from storage import heads, places, polls, reach, severities

AT_A_TIME = 40  # needs in one go
LATER = "later"


async def weigh_needs(chat: Chat) -> None:
    which = await _which(chat)
    if which is None:
        chat.say(_("Your group's villages have told no needs yet."))
        return
    left: list[int] = await chat.look("left", partial(_left, which=which, person_id=chat.person.id))
    wish = await chat.pick("wish", _ask(len(left)), _wishes(left))
    if wish == "again":
        ask, options = _("Which one shall we look at again?"), partial(_needs, which=which)
        left = [int(await chat.pick("again", ask, options))]
    if wish in ("begin", "again"):
        await _weigh(chat, left)
    await _show(chat, which)


def _ask(left: int) -> str:
    if not left:
        return _("You have said it of every need. Your group sees it as a picture, nobody else does.")
    return ngettext(
        "{count} need waits for your view: how bad is it, and for how many? Two taps each. Only your group sees what "
        "comes of it.",
        "{count} needs wait for your view: how bad is each, and for how many? Two taps each. Only your group sees what "
        "comes of it.",
        left,
    ).format(count=left)


def _wishes(left: Sequence[int]) -> list[Option]:
    begin = [Option("begin", _("Begin"))] if left else []
    return [*begin, Option("see", _("See the picture")), Option("again", _("Say it anew of one"))]


async def _weigh(chat: Chat, needs: Sequence[int]) -> None:
    for number, need_id in enumerate(needs[:AT_A_TIME], start=1):
        part = chat.part(str(number))
        ask = partial(_of, need_id=need_id, at=(number, len(needs)))
        severity = await part.pick("bad", ask, _scale(weight_words.severities()), optional=_("Later"))
        if severity is None:
            return
        reach_ = await part.pick("many", _("For how many of the village?"), _scale(weight_words.reaches()))
        say = partial(severities.say, need_id=need_id, person_id=chat.person.id, now=chat.now())
        await part.do("say", partial(say, severity=int(severity), reach_=int(reach_)))


def _scale(words: Sequence[str]) -> list[Option]:
    return [Option(level, word) for level, word in enumerate(words, start=1)]


async def _of(db: AsyncConnection, *, need_id: int, at: tuple[int, int]) -> str:
    head = await heads.head(db, need_id=need_id)
    need = called(head.kind, head.name) if head else ""
    return f"{at[0]}/{at[1]} {need}\n\n" + _("How bad is it?")


async def _show(chat: Chat, which: dict[str, Any]) -> None:
    args = {"poll": which["poll"], "village": which["village"], "language": current()}
    made = await chat.work("picture", "weights", args)
    if made.get("photos"):
        chat.send(
            _("How bad, and for how many: your group's own view, beside the people's order."), photo=made["photos"][0]
        )
    else:
        chat.say(_("Nobody in your group has said anything yet."))


async def _which(chat: Chat) -> dict[str, Any] | None:
    found = await chat.look("where", partial(_where, person_id=chat.person.id))
    if not found:
        return None
    village: Any = found[0]["village"]
    if len(found) > 1:
        options = [Option(each["village"], named(each), (each["ka"], each["en"])) for each in found]
        village = await chat.pick("village", _("Which village?"), options)
    return next(dict(each) for each in found if each["village"] == int(village))


async def _where(db: AsyncConnection, *, person_id: int) -> list[dict[str, Any]]:
    """The newest poll of each village of their group that told something."""
    found = []
    for village_id in sorted(await reach.reach(db, person_id=person_id, action=Action.WEIGH_NEEDS)):
        kept = next(iter(await polls.reached(db, villages=[village_id])), None)
        village = await places.village(db, village_id=village_id)
        if kept and village and await heads.listed(db, poll_id=kept.id, village_id=village_id):
            found.append({"poll": kept.id, "village": village_id, **names(village.place)})
    return found


async def _left(db: AsyncConnection, *, which: dict[str, Any], person_id: int) -> list[int]:
    where = {"poll_id": which["poll"], "village_id": which["village"]}
    return await severities.unsaid(db, **where, person_id=person_id)


async def _needs(db: AsyncConnection, *, which: dict[str, Any]) -> Sequence[Option]:
    listed = await heads.listed(db, poll_id=which["poll"], village_id=which["village"])
    return [Option(head.id, called(head.kind, head.name)[:60]) for head in listed]


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return bool(await _where(db, person_id=person.id))


ENTRY = Entry(
    "weigh_needs",
    weigh_needs,
    lambda: _("⚖️ How bad, and for how many"),
    action=Action.WEIGH_NEEDS,
    in_menu=True,
    offered=_offered,
)
