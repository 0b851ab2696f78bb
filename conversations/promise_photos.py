"""The group looks at new photos of promises before everybody sees them: no face without a yes, no child."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_page
from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.needs import Life
from domain.people import Action
from locales import _
from storage import promise_people
from storage import promise_photos as photos

AT_A_TIME = 10
LATER = "later"


async def promise_photos(chat: Chat) -> None:
    """Begun from the menu, or told of once a day while something waits."""
    left: list[int] = []
    for number in range(1, AT_A_TIME + 1):
        part = chat.part(str(number))
        photo = await part.look("photo", partial(_next, person=chat.person, left=left))
        if photo is None:
            chat.say(_("There is no new photo.") if number == 1 else _("That was all. Thank you!"))
            return
        if not await _look(part, photo):
            left.append(photo["event"])
    chat.say(_("Thank you, that is enough for one time. There is more in the /menu."))


async def _look(chat: Chat, photo: dict[str, Any]) -> bool:
    """Whether it was decided; it may be left for later."""
    chat.send(_("A photo that came with a promise:"), photo=photo["media"])
    page = partial(promise_page.question, promise_id=photo["promise"], ask=_ask(), today=chat.today(), near=False)
    answers = [
        Option(Life.RELEASED.value, _("Yes, show it")),
        Option(Life.HIDDEN.value, _("No, hide it")),
        Option(LATER, _("Later")),
    ]
    wish = await chat.pick("wish", page, answers)
    if wish == LATER:
        return False
    decide = partial(photos.decide, event_id=photo["event"], life=Life(wish), by=chat.person.id)
    await chat.do("decide", lambda db: decide(db, now=chat.now()))
    return True


def _ask() -> str:
    return _("May this photo be shown to everybody? No face without that person's yes, no child, no number plate.")


async def _waiting(db: AsyncConnection, person: Person) -> list[photos.Photo]:
    where = await promise_people.communities_where(db, person_id=person.id, action=Action.RELEASE_WORDS)
    return await photos.waiting(db, communities=where, reader_id=person.id)


async def _next(db: AsyncConnection, *, person: Person, left: list[int]) -> dict[str, Any] | None:
    found = [one for one in await _waiting(db, person) if one.event_id not in left]
    return {"event": found[0].event_id, "promise": found[0].promise_id, "media": found[0].media_id} if found else None


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return bool(await _waiting(db, person))


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return await _offered(db, person)


ENTRY = Entry(
    "promise_photos",
    promise_photos,
    lambda: _("📷 Look at new photos of promises"),
    action=Action.RELEASE_WORDS,
    in_menu=True,
    offered=_offered,
    reminder=True,
    nudge_after=None,  # the next morning is soon enough
    expires_after=timedelta(days=2),
    still=_still,
)
