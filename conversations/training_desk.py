"""A coordinator announces trainings, information meetings and consultations, and watches them."""

from __future__ import annotations

from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry
from conversations.training_compose import compose
from conversations.training_watch import watch
from domain.people import Action
from locales import _


async def training_desk(chat: Chat) -> None:
    options = [Option("new", _("Announce a new one")), Option("watch", _("See what is announced"))]
    what = await chat.pick("what", _("Trainings and meetings: what would you like to do?"), options)
    if what == "new":
        await compose(chat)
    else:
        await watch(chat)


ENTRY = Entry(
    "training_desk",
    training_desk,
    lambda: _("🎓 Trainings and meetings"),
    action=Action.ANNOUNCE_TRAINING,
    in_menu=True,
)
