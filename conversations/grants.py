"""A group applies for grants with what its villages need, takes the evidence along, and tells what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import grant_papers as documents
from conversations.chat import Chat
from conversations.person import Person
from conversations.place_options import Choices
from conversations.promise_page import short
from conversations.questions.option import Option
from conversations.registry import Entry
from domain import codes
from domain.grants import MOST_NEEDS, Party, Stage, Step, choices
from domain.people import Action
from locales import _, current
from publish import grant_words
from storage import grant_applications, grant_papers, grants, needs
from storage import groups as groups_of

ANNEX, PAPERS, LEAVE, ANOTHER = "annex", "papers", "leave", "another"
READ = 12  # needs are read in full in one message


async def grants_desk(chat: Chat) -> None:
    application = chat.args.get("application")
    if application is None:
        which = await chat.look("any", partial(_any, chat=chat)) and await chat.pick(
            "which", _("Applications of your group, and calls that are open:"), partial(_listed, chat)
        )
        if not which:
            return chat.say(_("No call for your villages is open now. When one opens, you hear of it."))
        if which.startswith("c"):
            return await _apply(chat, int(which[1:]))
        application = int(which[1:])
    await _go_on(chat, int(application))


async def _groups(db: AsyncConnection, person_id: int) -> list[groups_of.Group]:
    return await groups_of.groups_of(db, person_id=person_id, action=Action.APPLY_FOR_GRANT)


async def _listed(chat: Chat, db: AsyncConnection) -> list[Option]:
    mine = await _groups(db, chat.person.id)
    made = await grant_applications.of_groups(db, group_ids=[each.id for each in mine])
    found = []
    for one in made:
        call = await grants.call(db, call_id=one.call_id)
        found.append(Option(f"a{one.id}", f"{short(grant_words.title(call))} – {grant_words.stage(one.stage)}"))
    calls = await grants.calls_in(db, communities=[each.community.id for each in mine])
    open_ = [each for each in calls if each.terms.takes(chat.today())]
    return [*found, *(Option(f"c{each.id}", f"➕ {short(grant_words.title(each))}") for each in open_)]


async def _any(db: AsyncConnection, *, chat: Chat) -> bool:
    return bool(await _listed(chat, db))


async def _apply(chat: Chat, call_id: int) -> None:
    groups: list[list[Any]] = await chat.look("groups", partial(_applicants, chat=chat, call_id=call_id))
    group_id = groups[0][0] if groups else None
    if len(groups) > 1:
        group_id = await chat.pick("group", _("For which group?"), [Option(*each) for each in groups])
    where = partial(_open, chat=chat, call_id=call_id, group_id=group_id)
    if group_id is None or not await chat.look("any_open", partial(_any_of, where)):
        return chat.say(_("There is no need in your villages that fits this call and has no money yet."))
    page = partial(_card, chat=chat, call_id=call_id, group_id=int(group_id))
    chosen = await chat.pick_many("needs", page, where, at_most=MOST_NEEDS)
    if not await chat.confirm("sure", _("Shall I write down that your group applies with this?")):
        return chat.say(_("Nothing was written down."))
    here: dict[str, Any] = {"call_id": call_id, "group_id": int(group_id), "need_ids": [int(each) for each in chosen]}
    who: dict[str, Any] = {"by": chat.person.id, "now": chat.now(), "today": chat.today()}
    made = await chat.do("make", partial(grant_applications.make, **here, **who))
    chat.say(_("It is written down as planned. Take the evidence along, and tell me here once you have sent it in."))
    chat.go_on("grants", application=int(made))


async def _any_of(options: Choices, db: AsyncConnection) -> bool:
    return bool(await options(db))


async def _applicants(db: AsyncConnection, *, chat: Chat, call_id: int) -> list[list[Any]]:
    call = await grants.call(db, call_id=call_id)
    return [[each.id, each.name] for each in await _groups(db, chat.person.id) if each.community.id in call.communities]


async def _found(db: AsyncConnection, *, chat: Chat, call_id: int, group_id: int | None) -> list[tuple[int, str]]:
    call = await grants.call(db, call_id=call_id)
    who: dict[str, Any] = {"call": call, "group_id": int(group_id or 0), "by": chat.person.id, "today": chat.today()}
    found = await grant_applications.choices(db, **who)
    return [(each.need_id, _line(each.village.place.named(current()), each)) for each in found]


async def _open(db: AsyncConnection, *, chat: Chat, call_id: int, group_id: int | None) -> list[Option]:
    return [
        Option(number, short(line)) for number, line in await _found(db, chat=chat, call_id=call_id, group_id=group_id)
    ]


def _line(village: str, one: Any) -> str:
    place = f", {one.place}" if one.place else ""
    return f"{village}{place}. {grant_words.need(one.kind, one.words)}"


async def _card(db: AsyncConnection, *, chat: Chat, call_id: int, group_id: int) -> str:
    """With the needs in full, as far as they do not fit on a button."""
    found = await _found(db, chat=chat, call_id=call_id, group_id=group_id)
    lines = [f"• {line}" for _number, line in found[:READ] if line != short(line)]
    ask = _("With which needs does your group apply?")
    return "\n\n".join(
        [grant_words.card(await grants.call(db, call_id=call_id)), *filter(None, ["\n".join(lines)]), ask]
    )


async def _go_on(chat: Chat, application_id: int) -> None:
    page, acts = partial(_page, application_id, chat), partial(_acts, application_id, chat)
    act = await chat.pick("act", page, acts)
    if act == LEAVE:
        return chat.say(_("All right."))
    if act in SHOW:
        await SHOW[act](chat, application_id)
    else:
        await _tell(chat, application_id, Stage(act))
    chat.go_on("grants", application=application_id)


async def _read(application_id: int, chat: Chat, db: AsyncConnection) -> grant_applications.Application:
    one = await grant_applications.read(db, application_id=application_id)
    await grant_applications.require(db, person_id=chat.person.id, group_id=one.group_id)
    return one


async def _page(application_id: int, chat: Chat, db: AsyncConnection) -> str:
    one = await _read(application_id, chat, db)
    call = await grants.call(db, call_id=one.call_id)
    named = await needs.public_each(db, need_ids=one.needs)
    lines = [f"• {grant_words.need(each.kind, each.words)}" for each in named]
    steps = [grant_words.step(each) for each in one.steps]
    return "\n\n".join([f"{grant_words.title(call)}\n{grant_words.until(call)}", "\n".join(lines), "\n".join(steps)])


async def _acts(application_id: int, chat: Chat, db: AsyncConnection) -> Sequence[Option]:
    one = await _read(application_id, chat, db)
    names = {
        Stage.SENT: _("We have sent it in"),
        Stage.GRANTED: _("It was granted"),
        Stage.REFUSED: _("It was refused"),
        Stage.LATER: _("It was put off"),
        Stage.RECEIVED: _("The money has come"),
        Stage.DONE: _("It is done"),
        Stage.WITHDRAWN: _("We withdraw it"),
    }
    return [
        Option(ANNEX, _("The annex of evidence")),
        *(Option(each.value, names[each]) for each in choices(one.steps)),
        *([Option(PAPERS, _("Our documents"))] if await grant_papers.of(db, application_id=one.id) else []),
        Option(LEAVE, _("Leave")),
    ]


async def _annex(chat: Chat, application_id: int) -> None:
    args = {"application": application_id, "public_url": chat.links.public_url, "language": current()}
    made = await chat.work("annex", "grant_annex", args)
    if not made.get("documents"):
        return chat.say(_("The paper could not be made. Please try again a little later."))
    words = _("The annex of evidence, to send in with your application. Its number: {code}")
    for media_id in made["documents"]:
        chat.send(words.format(code=codes.shown(made["code"])), document=media_id)
    if chat.links.public_url:
        url = f"{chat.links.public_url.rstrip('/')}/verify/{made['code']}"
        chat.say(_("Whether this paper is genuine and the newest: {url}").format(url=url))


SHOW = {ANNEX: _annex, PAPERS: documents.show}


async def _tell(chat: Chat, application_id: int, stage: Stage) -> None:
    on = await _day(chat)
    amount = None
    if stage in (Stage.GRANTED, Stage.RECEIVED):
        amount = await chat.number("how_much", _("How much, in lari?"), least=1, title=_("Lari"))
    ask = _("Is there a document of it? Send it as a file or a photo; your group keeps it.")
    paper = await chat.file("paper", ask, optional=_("Without a document"))
    said = _("Shall I write down: {what}?").format(what=grant_words.stage(stage))
    if not await chat.confirm("sure_told", said):
        return chat.say(_("Nothing was written down."))
    step = Step(stage, Party.GROUP, date.fromisoformat(on), int(amount) if amount else None)
    media_id = next(iter(paper.values())) if paper else None
    who: dict[str, Any] = {"by": chat.person.id, "now": chat.now(), "today": chat.today(), "media_id": media_id}
    await chat.do("tell", partial(grant_applications.tell, application_id=application_id, step=step, **who))
    chat.say(_("It is written down."))


async def _day(chat: Chat) -> str:
    """Fixed when it is pressed: "today" is another day tomorrow."""
    today = chat.today().isoformat()
    days = [Option(today, _("Today")), Option(ANOTHER, _("Another day"))]
    day = await chat.pick("when", _("When was it?"), days)
    return str(await chat.date("on", _("Which day?"), latest=chat.today()) if day == ANOTHER else day)


async def _offered(db: AsyncConnection, person: Person) -> bool:
    mine = await _groups(db, person.id)
    return bool(await grants.calls_in(db, communities=[each.community.id for each in mine]))


ENTRY = Entry(
    "grants",
    grants_desk,
    lambda: _("💶 Grants for our needs"),
    action=Action.APPLY_FOR_GRANT,
    in_menu=True,
    offered=_offered,
    browsing=True,
)
