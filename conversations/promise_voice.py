"""A neighbour adds what they see: "I see it too", or "I see it otherwise", with a photo where there is one."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_page
from conversations.chat import Chat
from domain.promises import Heard
from locales import _
from storage import promise_voices, promises
from storage.ledger import Witness


async def see_it_too(chat: Chat, promise_id: int) -> None:
    await _tell(chat, promise_id, Heard.SUPPORTS)
    chat.say(_("Thank you. The group reads that a neighbour sees it too; your name is shown to nobody."))


async def see_otherwise(chat: Chat, promise_id: int) -> None:
    """Of what is called done it asks the group to look again; the third asks everybody."""
    heard = await chat.look("heard", partial(_otherwise, promise_id))
    await _tell(chat, promise_id, Heard(heard))
    if heard == Heard.REOPENS:
        chat.say(
            _(
                "Thank you. I ask the group to look again. When three neighbours see it otherwise, the promise is "
                "disputed until somebody brings a new photo. Your name is shown to nobody."
            )
        )
    else:
        chat.say(_("Thank you. The group reads that a neighbour sees it otherwise; your name is shown to nobody."))
    chat.say(await chat.look("page", partial(promise_page.text, promise_id=promise_id, today=chat.today())))


async def _tell(chat: Chat, promise_id: int, heard: Heard) -> None:
    needed = partial(promise_voices.photo_needed, promise_id=promise_id, person_id=chat.person.id, heard=heard)
    if await chat.look("again", needed):
        photo = await chat.photo(
            "new_photo", _("You have asked for a new look at this already. To ask again, please add a new photo.")
        )
    else:
        ask = _("Do you have a photo of it? Only the group and the coordinator see it.")
        photo = await chat.photo("photo", ask, optional=_("No photo"))
    witness = Witness(chat.person.id, None, photo["photo"] if photo else None)
    tell = partial(promise_voices.tell, promise_id=promise_id, heard=heard, witness=witness)
    await chat.do("save", partial(tell, now=chat.now(), zone=chat.zone))


async def _otherwise(promise_id: int, db: AsyncConnection) -> str:
    one = await promises.dossier(db, promise_id=promise_id)
    return (Heard.REOPENS if promise_voices.called_done(one) else Heard.CONTRADICTS).value
