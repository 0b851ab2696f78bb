"""An office with many promises takes them as one table and sends it back filled in: each row is seen first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_table_words as words
from conversations.chat import Chat
from conversations.questions.option import Option
from domain.promise_table import Fault, Line, Reason
from domain.promises import Word
from locales import _, current, ngettext
from storage import promise_table, promises

TAKE, BRING = "table", "filled"
MANY = 5  # fewer are told faster in the chat
ATTEMPTS = 10
ALL, SOME, NONE = "all", "some", "none"


def options(count: int) -> list[Option]:
    """For whom the inbox is long."""
    if count < MANY:
        return []
    return [Option(TAKE, _("📊 All of them as a table (.xlsx)")), Option(BRING, _("📥 I have filled in the table"))]


async def hand_out(chat: Chat) -> None:
    made = await chat.work("make", "promise_table", {"language": current()})
    if not made.get("document"):
        return chat.say(_("All your promises are done or settled; there is nothing to fill in."))
    text = _(
        "Here they are, by village, kind and day. Choose in the yellow column how each stands, leave empty what you "
        "do not want to touch, and send the file back here: /menu, “How my promises stand”. Nothing counts before "
        "you have looked at it once more."
    )
    chat.send(text, document=str(made["document"]))


async def take_back(chat: Chat) -> None:
    """A table with mistakes is mended and sent again, as often as it takes; what could be read is not lost."""
    for attempt in range(1, ATTEMPTS + 1):
        part = chat.part(f"a{attempt}")
        file = await part.document("file", _("Please send the table as you have filled it in."))
        result = await part.work("read", "read_promise_table", {"media": file["document"]})
        if "error" in result:
            chat.say(_("I could not open that file. Please send it once more."))
            continue
        faults = [Fault(Reason(raw["reason"]), raw["row"], raw["value"]) for raw in result["faults"]]
        if faults:
            chat.say(words.faults(faults))
        if result["lines"]:
            return await _count(part, [_line(raw) for raw in result["lines"]])
        if not faults:
            chat.say(_("Nothing is filled in yet: the yellow columns are empty."))
    chat.say(_("Let us leave it for today. You can begin again whenever you like: /menu"))


async def _count(chat: Chat, lines: Sequence[Line]) -> None:
    told = await chat.look("told", partial(_told, lines=lines))
    for page in words.pages(told):
        chat.say(page)
    ask = ngettext(
        "This {count} row is changed. Shall it count?", "These {count} rows are changed. Shall they count?", len(lines)
    )
    answers = [Option(ALL, _("Yes, all of it")), Option(NONE, _("No, nothing of it"))]
    if len(lines) > 1:
        answers.insert(1, Option(SOME, _("Leave some out")))
    sure = await chat.pick("sure", ask.format(count=len(lines)), answers)
    if sure == NONE:
        return chat.say(_("Nothing was counted. The table is still yours: mend it and send it whenever you like."))
    if sure == SOME:
        rows = [Option(line.row, label) for line, label in zip(lines, told, strict=True)]
        out = await chat.pick_many("out", _("Which rows shall not count? Press them."), rows)
        lines = [line for line in lines if line.row not in out]
    await _save(chat, lines)


async def _save(chat: Chat, lines: Sequence[Line]) -> None:
    tell = partial(promise_table.tell, person_id=chat.person.id, lines=lines, now=chat.now(), zone=chat.zone)
    count, refused = await chat.do("save", partial(_saved, tell))
    if refused:
        chat.say(words.faults([Fault(Reason(reason), row, value) for reason, row, value in refused]))
    thanks = ngettext(
        "Thank you: {count} promise is told anew, and everybody reads it.",
        "Thank you: {count} promises are told anew, and everybody reads them.",
        count,
    )
    chat.say(thanks.format(count=count) if count else _("Nothing was counted."))


async def _saved(tell: Any, db: AsyncConnection) -> tuple[int, list[tuple[str, int, str]]]:
    count, faults = await tell(db)
    return count, [(fault.reason.value, fault.row, fault.value) for fault in faults]


async def _told(db: AsyncConnection, *, lines: Sequence[Line]) -> list[str]:
    found = {one.id: one for one in await promises.dossiers(db, ids=[line.promise_id for line in lines])}
    return [words.line(line, found[line.promise_id]) for line in lines]


def _line(raw: dict[str, Any]) -> Line:
    new_due = date.fromisoformat(raw["new_due"]) if raw["new_due"] else None
    return Line(**{**raw, "word": Word(raw["word"]), "new_due": new_due})
