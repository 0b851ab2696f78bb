"""A group tells one step of its application: when it was, how much, and with which document."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.grants import Party, Stage, Step
from domain.people import Action
from locales import _
from publish import grant_words
from storage import grant_applications

ANOTHER = "another"


async def grant_step(chat: Chat) -> None:
    application_id, stage = int(chat.args["application"]), Stage(chat.args["stage"])
    on = await _day(chat)
    amount = None
    if stage in (Stage.GRANTED, Stage.RECEIVED):
        amount = await chat.number("how_much", _("How much, in lari?"), least=1, title=_("Lari"))
    ask = _("Is there a document of it? Send it as a file or a photo; your group keeps it.")
    paper = await chat.file("paper", ask, optional=_("Without a document"))
    said = _("Shall I write down: {what}?").format(what=grant_words.stage(stage))
    if not await chat.confirm("sure_told", said):
        chat.say(_("Nothing was written down."))
        return chat.go_on("grants", application=application_id)
    step = Step(stage, Party.GROUP, date.fromisoformat(on), int(amount) if amount else None)
    media_id = next(iter(paper.values())) if paper else None
    who: dict[str, Any] = {"by": chat.person.id, "now": chat.now(), "today": chat.today(), "media_id": media_id}
    await chat.do("tell", partial(grant_applications.tell, application_id=application_id, step=step, **who))
    chat.say(_("It is written down."))
    chat.go_on("grants", application=application_id)


async def _day(chat: Chat) -> str:
    """Fixed when it is pressed: "today" is another day tomorrow."""
    today = chat.today().isoformat()
    days = [Option(today, _("Today")), Option(ANOTHER, _("Another day"))]
    day = await chat.pick("when", _("When was it?"), days)
    return str(await chat.date("on", _("Which day?"), latest=chat.today()) if day == ANOTHER else day)


ENTRY = Entry("grant_step", grant_step, lambda: _("What came of your application"), action=Action.APPLY_FOR_GRANT)
