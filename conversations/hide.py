"""Takes from the screen what was said here, as far as the channel can; what was said stays said, and counted."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.person import Person
from conversations.registry import Entry
from locales import _
from storage import answers

HOURS = 48  # Telegram lets a bot delete nothing older


async def hide(chat: Chat) -> None:
    kind = chat.person.channel.partition(":")[0]
    ask = _("Shall I take our talk from the screen? Your answers stay, and count as before. {how}").format(
        how=_how(kind)
    )
    if not await chat.confirm("sure", ask, yes=_("Yes, hide it"), no=_("No, leave it")):
        chat.say(_("It stays as it is."))
        return
    if kind == "viber":
        chat.say(_viber())
    else:
        chat.clear(_("Our talk is no longer on this screen. What you said stays, and counts. Go on: /menu"))


def _how(kind: str) -> str:
    """What the channel can do, said before."""
    if kind == "viber":
        return _("On Viber only you can do it: I show you how.")
    if kind == "telegram":
        return _(
            "I delete what is not older than {hours} hours; for the rest, clear the history in the menu of this chat."
        ).format(hours=HOURS)
    return ""


def _viber() -> str:
    return _(
        "Viber lets no bot delete anything. Please do it yourself: press our name at the top of this chat, scroll "
        "down, and choose “Clear chat”. What you said stays with us, and counts."
    )


async def _offered(db: AsyncConnection, person: Person) -> bool:
    """In the menu of a phone that somebody else has used; all others find it below /mydata."""
    return await answers.had_guests(db, person_id=person.id)


ENTRY = Entry(
    "hide",
    hide,
    lambda: _("🧹 Hide what was said"),
    in_menu=True,
    offered=_offered,
    needs_welcome=False,
    browsing=True,
    nudge_after=None,
)
