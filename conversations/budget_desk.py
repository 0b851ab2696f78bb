"""The coordinator names who is to have the table for women and men, sends it, and sees who has it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import place_choice
from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.budget_sending import LONGEST, Body, late, occasion
from domain.people import Action
from locales import _
from publish import budget_sending_words as words
from storage import budget_receivers, budget_sendings, gender_budget, promise_people

LEAVE, NO_CHAT = "leave", 0


async def budget_desk(chat: Chat) -> None:
    where = chat.args.get("municipality") or await place_choice.municipality(chat, Action.SEND_BUDGET)
    if where is None:
        return
    act = await chat.pick("act", partial(_page, chat, int(where)), partial(_acts, int(where)))
    if act == LEAVE:
        return chat.say(_("All right."))
    await {"send": _send, "add": _add, "link": _link, "end": _end}[act](chat, int(where))
    chat.go_on("budget_desk", municipality=int(where))


async def _page(chat: Chat, where: int, db: AsyncConnection) -> str:
    lines = await budget_sendings.newest(db, municipality_id=where, by=chat.person.id)
    to = await budget_receivers.of(db, municipality_id=where)
    return "\n\n".join([words.sheet(lines, chat.zone), words.named(to)])


async def _acts(where: int, db: AsyncConnection) -> Sequence[Option]:
    to = await budget_receivers.of(db, municipality_id=where)
    acts = {"add": _("Name somebody")}
    if to:
        acts = {"send": _("Send the table"), **acts, "end": _("Take somebody off")}
    if any(each.person_id is None for each in to):
        acts["link"] = _("A personal link")
    return [*(Option(key, said) for key, said in acts.items()), Option(LEAVE, _("Leave"))]


async def _add(chat: Chat, where: int) -> None:
    body = Body(await chat.pick("body", _("For whom does this person read it?"), _bodies()))
    ask = _("Who is it? Whoever has a chat here gets it there; others get a page of their own by a link.")
    role_id = int(await chat.pick("who", ask, partial(_officials, where)))
    if role_id != NO_CHAT:
        known = await chat.look("known", partial(_official, where, role_id))
    else:
        name = await chat.text("name", _("Name and surname"), longest=LONGEST)
        office = await chat.text("office", _("Office"), longest=LONGEST)
        known = {"name": name, "office": office, "person_id": None}
    add = partial(budget_receivers.add, municipality_id=where, body=body, by=chat.person.id, now=chat.now(), **known)
    receiver_id = await chat.do("add", add)
    chat.say(_("It is written down: the table goes to them when you send it."))
    if role_id == NO_CHAT:
        await _give_link(chat, int(receiver_id))


def _bodies() -> list[Option]:
    return [Option(one.value, words.body(one)) for one in Body]


async def _officials(where: int, db: AsyncConnection) -> Sequence[Option]:
    found = await promise_people.officials_of(db, municipality_id=where)
    named = [Option(one.role_id, ", ".join(filter(None, (one.name, one.office)))) for one in found]
    return [*named, Option(NO_CHAT, _("Somebody without a chat here"))]


async def _official(where: int, role_id: int, db: AsyncConnection) -> dict[str, Any]:
    found = await promise_people.officials_of(db, municipality_id=where)
    one = next(each for each in found if each.role_id == role_id)
    return {"name": one.name, "office": one.office, "person_id": one.person_id}


async def _send(chat: Chat, where: int) -> None:
    this = chat.today().year
    years = [Option(year, str(year)) for year in (this + 1, this)]
    year = int(await chat.pick("year", _("Of which year's budget?"), years))
    which = occasion(year, chat.today())
    if not await chat.confirm("sure", partial(_preview, chat, where, year), yes=_("Yes, send it")):
        return chat.say(_("Nothing was sent."))
    args = {"municipality": where, "year": year, "occasion": which.value, "day": chat.today().isoformat()}
    made = await chat.work("files", "gender_budget_files", args)
    if not made.get("files"):
        return chat.say(_("For {year} nothing is promised, and nobody has looked for money yet.").format(year=year))
    told: dict[str, Any] = {"municipality_id": where, "year": year, "occasion": which, "files": made["files"]}
    count = await chat.do("send", partial(budget_sendings.send, **told, by=chat.person.id, now=chat.now()))
    chat.say(_("It is on its way to {count}. Here you see who says that they have it.").format(count=count))


async def _preview(chat: Chat, where: int, year: int, db: AsyncConnection) -> str:
    """What goes, beside what, to whom, and whether it comes too late for the council's remarks."""
    which = occasion(year, chat.today())
    said: dict[str, Any] = {
        "municipality_id": where,
        "today": chat.today(),
        "language": "ka",
        "person_id": chat.person.id,
    }
    table = await gender_budget.table(db, year=year, **said)
    before = await gender_budget.table(db, year=year - 1, **said)
    beside = _("Beside it stand the sums of {year}.").format(year=year - 1) if before.lines else ""
    is_late = which == "draft" and late(year, chat.today())
    count = _("Promises: {count}. With a marker: {marked}.")
    marked = sum(one.marker.proposal is not None for one in table.lines)
    lines = [
        words.table(year, which),
        count.format(count=len(table.lines), marked=marked),
        beside,
        _("The council's remarks ended on 25 November; it comes late for them.") if is_late else "",
        "",
        words.named(await budget_receivers.of(db, municipality_id=where)),
        "",
        _("They get it as a paper and as a workbook. It names no resident. Shall I send it?"),
    ]
    return "\n".join(line for at, line in enumerate(lines) if line or at > 3)


async def _link(chat: Chat, where: int) -> None:
    who = await chat.pick("who", _("For whom?"), partial(_receivers, where, without_chat=True))
    await _give_link(chat, int(who))


async def _give_link(chat: Chat, receiver_id: int) -> None:
    if not chat.links.public_url:
        return chat.say(_("This program has no public address yet, so there are no links."))
    token = await chat.do("link", partial(budget_receivers.link, receiver_id=receiver_id, by=chat.person.id))
    chat.say(_("This link is for them alone. An older one no longer works."))
    chat.send(f"{chat.links.public_url.rstrip('/')}/budget/{token}", alone=True)


async def _end(chat: Chat, where: int) -> None:
    who = int(await chat.pick("who", _("To whom shall it go no more?"), partial(_receivers, where)))
    await chat.do("end", partial(budget_receivers.end, receiver_id=who, by=chat.person.id, now=chat.now()))
    chat.say(_("Nothing more goes to them. What they have received stands."))


async def _receivers(where: int, db: AsyncConnection, *, without_chat: bool = False) -> Sequence[Option]:
    found = await budget_receivers.of(db, municipality_id=where)
    shown = [one for one in found if one.person_id is None or not without_chat]
    return [Option(one.id, words.receiver(one)) for one in shown]


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return bool(await gender_budget.municipalities(db, person_id=person.id))


ENTRY = Entry(
    "budget_desk",
    budget_desk,
    lambda: _("📨 Send the budget for women and men"),
    action=Action.SEND_BUDGET,
    in_menu=True,
    offered=_offered,
    browsing=True,
    nudge_after=None,
)
