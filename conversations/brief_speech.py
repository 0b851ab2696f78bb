"""The rehearsal: a speech of two minutes from the sections, to be read aloud and changed sentence by sentence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.questions.option import Option
from domain.brief import LONGEST, TWO_MINUTES, Section, count
from locales import _
from publish import brief_words
from storage import brief_facts, briefs

CHANGES = 30
GOOD, ANEW = "good", "anew"


async def rehearse(chat: Chat, need_id: int) -> None:
    for number in range(1, CHANGES + 1):
        part = chat.part(str(number))
        wish = await part.pick("sentence", partial(_shown, chat, need_id), partial(_choices, chat, need_id))
        if wish == GOOD:
            return
        await _change(part, need_id, wish)


async def _change(chat: Chat, need_id: int, wish: str) -> None:
    sentences = await chat.look("sentences", partial(_sentences, chat, need_id))
    if wish == ANEW:
        return await _keep(chat, need_id, [])
    at = int(wish) - 1
    now = sentences[at] if at < len(sentences) else ""
    said = await chat.text(
        "words", _("How would you say it?") + f"\n\n{now}", longest=LONGEST, optional=_("Leave it out")
    )
    await _keep(chat, need_id, [*sentences[:at], *([said] if said else []), *sentences[at + 1 :]])


async def _keep(chat: Chat, need_id: int, sentences: Sequence[str]) -> None:
    words = json.dumps(sentences, ensure_ascii=False) if sentences else ""
    said: dict[str, Any] = {"need_id": need_id, "section": Section.SPEECH, "words": words, "by": chat.person.id}
    await chat.do("write", partial(briefs.write, **said, now=chat.now()))


async def _sentences(chat: Chat, need_id: int, db: AsyncConnection) -> list[str]:
    facts = await brief_facts.facts(db, need_id=need_id, today=chat.today())
    return brief_words.speech(facts, await briefs.brief(db, need_id=need_id))


async def _shown(chat: Chat, need_id: int, db: AsyncConnection) -> str:
    sentences = await _sentences(chat, need_id, db)
    lines = [f"{at}. {sentence}" for at, sentence in enumerate(sentences, start=1)]
    words = count(sentences)
    long = _("{count} words; two minutes hold about {most}.").format(count=words, most=TWO_MINUTES)
    return "\n".join([*lines, "", long, _("Read it aloud. To change a sentence, press its number.")])


async def _choices(chat: Chat, need_id: int, db: AsyncConnection) -> Sequence[Option]:
    numbers = [Option(str(at), f"{at}. {each}"[:50]) for at, each in enumerate(await _sentences(chat, need_id, db), 1)]
    return [Option(GOOD, _("It is good so")), Option(ANEW, _("Put it together anew")), *numbers]
