"""A group sees the numbers of its own forms: as pictures here, or on a page; who said what stays with the desk."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import form_standing, form_words
from conversations.chat import Chat
from conversations.form_results import hand_over
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from conversations.workspace_link import show_way
from domain.people import Action
from locales import _, current
from storage import form_calls


async def form_numbers(chat: Chat) -> None:
    found = await chat.look("calls", partial(_calls, person_id=chat.person.id))
    if not found:
        return chat.say(_("None of your group's forms was begun yet."))
    call_id = found[0][0]
    if len(found) > 1:
        call_id = int(await chat.pick("call", _("Which form?"), [Option(each, title) for each, title in found]))
    standing = {"call_id": call_id, "person_id": chat.person.id, "now": chat.now(), "zone": chat.zone}
    text = partial(form_standing.heading, _("How would you like to see the numbers?"), **standing)
    match await chat.pick("how", text, _ways(has_pages=chat.links.public_url is not None)):
        case "pictures":
            args = {"call": call_id, "what": "pictures", "language": current()}
            hand_over(chat, await chat.work("make", "form_results", args))
        case "page":
            await show_way(chat, partial(chat.links.form_page, call_id=call_id))
        case _stop:
            chat.say(_("All right. You will find it in the /menu."))


def _ways(*, has_pages: bool) -> list[Option]:
    return [
        Option("pictures", _("Pictures of the numbers")),
        *([Option("page", _("🖥️ On a computer"))] if has_pages else []),
        Option("stop", _("That is all")),
    ]


async def _calls(db: AsyncConnection, *, person_id: int) -> list[tuple[int, str]]:
    found = await form_calls.of_groups(db, person_id=person_id)
    return [(call.id, f"{call.title} – {form_words.where(call)} ({call.done})") for call in found]


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return bool(await form_calls.of_groups(db, person_id=person.id))


ENTRY = Entry(
    "form_numbers",
    form_numbers,
    lambda: _("📊 What came of our forms"),
    action=Action.FILL_FORM,
    in_menu=True,
    offered=_offered,
    nudge_after=None,
)
