"""A group applies for grants with what its villages need, takes the evidence along, and tells what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import grant_papers as documents
from conversations.chat import Chat
from conversations.person import Person
from conversations.promise_page import short
from conversations.questions.option import Option
from conversations.registry import Entry
from domain import codes
from domain.grants import Stage, choices
from domain.people import Action
from locales import _, current
from publish import grant_words
from storage import grant_applications, grant_papers, grants, needs
from storage import groups as groups_of

ANNEX, PAPERS, LEAVE = "annex", "papers", "leave"


async def grants_desk(chat: Chat) -> None:
    application = chat.args.get("application")
    if application is None:
        which = await chat.look("any", partial(_any, chat=chat)) and await chat.pick(
            "which", _("Applications of your group, and calls that are open:"), partial(_listed, chat)
        )
        if not which:
            return chat.say(_("No call for your villages is open now. When one opens, you hear of it."))
        if which.startswith("c"):
            return chat.go_on("grant_apply", call=int(which[1:]))
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


async def _go_on(chat: Chat, application_id: int) -> None:
    page, acts = partial(_page, application_id, chat), partial(_acts, application_id, chat)
    act = await chat.pick("act", page, acts)
    if act == LEAVE:
        return chat.say(_("All right."))
    if act not in SHOW:
        return chat.go_on("grant_step", application=application_id, stage=act)
    await SHOW[act](chat, application_id)
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
