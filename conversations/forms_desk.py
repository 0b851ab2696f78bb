"""A coordinator brings a form in, tries it, puts it to people, and takes what came of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import form_words
from conversations.chat import Chat
from conversations.form_bringing import bring_in, take_ours
from conversations.form_publishing import publish
from conversations.form_results import results
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.people import Action
from locales import _
from storage import form_calls, forms


async def forms_desk(chat: Chat) -> None:
    what = await chat.pick(
        "what",
        _("Forms: what would you like to do?"),
        [
            Option("new", _("Bring in a form, or a new version of one")),
            Option("ours", _("Take one that is ready here")),
            Option("put", _("Put a form to people")),
            Option("results", _("See what came of one")),
        ],
    )
    match what:
        case "new":
            await bring_in(chat)
        case "ours":
            await take_ours(chat)
        case "put":
            await _put(chat)
        case _results:
            await _look(chat)


async def _put(chat: Chat) -> None:
    found = await chat.look("forms", partial(_forms, by=chat.person.id))
    if not found:
        chat.say(_("There is no form yet. Bring one in first."))
        return
    form_id = await chat.pick("form", _("Which form?"), [Option(each, title) for each, title in found])
    await publish(chat, form_id=form_id)


async def _look(chat: Chat) -> None:
    found = await chat.look("calls", partial(_calls, by=chat.person.id))
    if not found:
        chat.say(_("No form was put to people yet."))
        return
    call_id = await chat.pick("call", _("Which form?"), [Option(each, title) for each, title in found])
    await results(chat, call_id)


async def _forms(db: AsyncConnection, *, by: int) -> list[tuple[int, str]]:
    return [(form.id, form.title) for form in await forms.all_of(db, by=by)]


async def _calls(db: AsyncConnection, *, by: int) -> list[tuple[int, str]]:
    return [(call.id, _named(call)) for call in await form_calls.of_desk(db, by=by)]


def _named(call: Any) -> str:
    return f"{call.title} – {form_words.where(call)} ({call.done})"


ENTRY = Entry(
    "forms_desk",
    forms_desk,
    lambda: _("📋 Forms: bring in, put to people"),
    action=Action.PUBLISH_FORM,
    in_menu=True,
    nudge_after=None,
)
