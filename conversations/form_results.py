"""What came of a form: pictures, tables, submissions, a group's profile as a paper; and the end of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import form_standing
from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.workspace_link import show_way
from domain.forms.calls import Mode
from locales import _, current
from storage import form_calls

TURNS = 12


async def results(chat: Chat, call_id: int) -> None:
    call = await chat.look("about", partial(_named, call_id=call_id))
    standing: dict[str, Any] = {"call_id": call_id, "person_id": chat.person.id, "now": chat.now(), "zone": chat.zone}
    options = _options(call, has_pages=chat.links.public_url is not None)
    for turn in range(1, TURNS + 1):
        part = chat.part(f"w{turn}")
        what = await part.pick("what", partial(form_standing.heading, _("What shall I make?"), **standing), options)
        if what == "stop":
            chat.say(_("All right. You will find it in the /menu."))
            return
        if what == "page":
            await show_way(part, partial(chat.links.form_page, call_id=call_id))
            return
        if what == "close":
            await part.do("close", partial(form_calls.close, call_id=call_id, by=chat.person.id, now=chat.now()))
            chat.say(_("Nobody begins any more; what is begun may be finished."))
            return
        args = {"call": call_id, "what": what, "language": current()}
        made = await part.work("make", "form_results", args)
        hand_over(part, made)


def _options(call: dict[str, str], *, has_pages: bool) -> list[Option]:
    return [
        *([Option("profile", _("The profile as a paper (.pdf)"))] if call["mode"] == Mode.GROUP else []),
        Option("pictures", _("Pictures of the numbers")),
        *([Option("page", _("🖥️ On a computer"))] if has_pages else []),
        Option("labels", _("Table with the words (.xlsx)")),
        Option("names", _("Table with the names (.xlsx)")),
        Option("csv", _("Table (.csv)")),
        Option("xml", _("Submissions for ODK and Kobo (.zip)")),
        Option("close", _("Close it")),
        Option("stop", _("That is all")),
    ]


def hand_over(chat: Chat, made: dict[str, Any]) -> None:
    for photo in made.get("photos") or ():
        chat.send("", photo=photo)
    if made.get("document"):
        words = _("Here it is. It holds what people said: keep it as you would keep their letters.")
        chat.send(words, document=str(made["document"]))
    elif not made.get("photos"):
        chat.say(_("Nobody has finished it yet."))


async def _named(db: AsyncConnection, *, call_id: int) -> dict[str, str]:
    call = await form_calls.call(db, call_id=call_id)
    return {"mode": call.mode}
