"""The secretary writes a round table down in the chat, tap by tap: the same record as on the web desk.

Each thing that is entered is a short run of its own, so that it is kept at once; the next one begins where it ended.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from conversations import meeting_room_hall as hall
from conversations import meeting_room_item as item
from conversations import meeting_room_mend as mend
from conversations import meeting_room_page as pages
from conversations import meeting_room_promise as promise
from conversations.chat import Chat
from conversations.registry import Entry
from locales import _
from storage import meetings

LEAVE = "leave"
# What may be pressed: each is played with what follows the colon, and answers at which place the next run begins.
ACTS: dict[str, Any] = {
    "go": hall.go,
    "open": hall.open_,
    "here": hall.here,
    "code": hall.code,
    "chair": hall.chair,
    "close": hall.close,
    "presented": item.presented,
    "heard": item.heard,
    "spoke": item.spoke,
    "asked": item.asked,
    "voted": item.voted,
    "answered": item.answered,
    "promised": promise.promised,
    "read": promise.read_back,
    "day": promise.day,
    "money": promise.money,
    "check": promise.check,
    "voice": promise.voice,
    "listen": promise.listen,
    "silence": promise.silence,
    "mend": mend.mend,
}


async def meeting_room(chat: Chat) -> None:
    meeting_id, at = int(chat.args["meeting"]), str(chat.args.get("at", ""))
    if not await chat.look("keeps", partial(meetings.may_keep, meeting_id=meeting_id, person_id=chat.person.id)):
        return chat.say(_("You keep no round table's record."))
    where: dict[str, Any] = {"meeting_id": meeting_id, "at": at, "zone": chat.zone}
    act = str(await chat.pick("act", partial(pages.page, **where), partial(pages.acts, **where)))
    if act == LEAVE:
        return chat.say(_("All right. What you wrote is kept; you come back here from the /menu."))
    name, _colon, what = act.partition(":")
    chat.go_on("meeting_room", meeting=meeting_id, at=await ACTS[name](chat, meeting_id, what))


ENTRY = Entry("meeting_room", meeting_room, lambda: _("📝 The round table, in the chat"), nudge_after=None)
