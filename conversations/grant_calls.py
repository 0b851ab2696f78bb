"""A coordinator opens grant calls, lets the committee in by personal links, and sees what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.promise_page import short
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.people import Action, new_token
from locales import _
from publish import grant_words
from publish.day_words import day
from storage import grant_applications, grant_links, grants, groups
from storage.grants import Call

NEW, LEAVE = "new", "leave"


async def grant_calls(chat: Chat) -> None:
    which = chat.args.get("call") or await chat.pick("which", _("Which call?"), partial(_calls, chat=chat))
    if which == NEW:
        return chat.go_on("grant_open")
    act = await chat.pick("act", partial(_page, call_id=int(which), chat=chat), partial(_acts, int(which), chat))
    if act == LEAVE:
        return chat.say(_("All right."))
    await {"link": _link, "revoke": _revoke, "end": _end}[act](chat, int(which))
    chat.go_on("grant_calls", call=int(which))


async def _calls(db: AsyncConnection, *, chat: Chat) -> Sequence[Option]:
    found = await grants.calls_of(db, person_id=chat.person.id)
    return [Option(NEW, _("➕ A new call")), *(Option(each.id, short(grant_words.title(each))) for each in found)]


async def _page(db: AsyncConnection, *, call_id: int, chat: Chat) -> str:
    """Only of one's own: an old button of somebody who no longer coordinates shows nothing."""
    call = await _mine(db, call_id, chat)
    links = [_link_line(each, chat) for each in await grant_links.of_call(db, call_id=call_id)]
    sent = [await _sent(db, each) for each in await grant_applications.of_call(db, call_id=call_id)]
    parts = [grant_words.card(call)]
    parts += ["\n".join([_("The committee:"), *links])] if links else []
    parts += ["\n".join([_("Applications:"), *sent])] if sent else [_("Nothing has been sent in yet.")]
    return "\n\n".join(parts)


async def _mine(db: AsyncConnection, call_id: int, chat: Chat) -> Call:
    call = await grants.call(db, call_id=call_id)
    await grants.require(db, person_id=chat.person.id, communities=call.communities)
    return call


def _link_line(link: grant_links.Link, chat: Chat) -> str:
    if not link.stands(chat.now()):
        return f"○ {link.name} – " + _("the link is over")
    until = link.expires_at.astimezone(chat.zone).date()
    return f"● {link.name} – " + _("until {day}").format(day=day(until))


async def _sent(db: AsyncConnection, one: grant_applications.Application) -> str:
    group = await groups.group(db, group_id=one.group_id)
    return f"• {group.name if group else ''} – {grant_words.step(one.steps[-1])}"


async def _acts(call_id: int, chat: Chat, db: AsyncConnection) -> Sequence[Option]:
    call = await _mine(db, call_id, chat)
    standing = [each for each in await grant_links.of_call(db, call_id=call_id) if each.stands(chat.now())]
    return [
        Option("link", _("A link for somebody of the committee")),
        *([Option("revoke", _("Take a link back"))] if standing else []),
        *([Option("end", _("End the call"))] if not call.terms.ended else []),
        Option(LEAVE, _("Leave")),
    ]


async def _link(chat: Chat, call_id: int) -> None:
    if chat.links.committee("") is None:
        return chat.say(_("The pages of this program have no address yet. Please ask who runs it."))
    name = await chat.text("who", _("Who of the committee is it for? Name and surname, please."), longest=100)

    async def give(db: AsyncConnection) -> str:
        token = new_token()
        await grant_links.invite(db, call_id=call_id, name=name, token=token, by=chat.person.id, now=chat.now())
        return token

    address = chat.links.committee(await chat.do("give", give))
    chat.say(_("Pass this link on to them alone: they see the needs without money, and write down what is decided."))
    chat.say(str(address))


async def _revoke(chat: Chat, call_id: int) -> None:
    link_id = await chat.pick("link", _("Whose link no longer works?"), partial(_standing, call_id, chat))
    await chat.do("revoke", partial(grant_links.revoke, link_id=int(link_id), by=chat.person.id, now=chat.now()))
    chat.say(_("This link no longer opens anything. What was decided by it stays."))


async def _standing(call_id: int, chat: Chat, db: AsyncConnection) -> Sequence[Option]:
    await _mine(db, call_id, chat)
    found = await grant_links.of_call(db, call_id=call_id)
    return [Option(each.id, each.name) for each in found if each.stands(chat.now())]


async def _end(chat: Chat, call_id: int) -> None:
    if not await chat.confirm("sure_end", _("From now on nobody applies any more. Shall I end the call?")):
        return chat.say(_("All right."))
    await chat.do("end", partial(grants.end, call_id=call_id, by=chat.person.id, now=chat.now()))
    chat.say(_("The call has ended. What was sent in is still decided."))


ENTRY = Entry(
    "grant_calls",
    grant_calls,
    lambda: _("💶 Grant calls"),
    action=Action.OPEN_GRANT_CALL,
    in_menu=True,
    browsing=True,
)
