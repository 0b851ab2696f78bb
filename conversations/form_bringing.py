"""A form's file comes in: it is read, mended where that needs no guessing, tried, and put to people."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import form_faults, form_words, refusals
from conversations.chat import Chat
from conversations.form_publishing import publish
from conversations.questions.option import Option
from domain.forms.calls import Mode
from domain.forms.xlsform.faults import Fault, Reason, Repair
from domain.refusal import Refused
from locales import _
from storage import fills, forms

ATTEMPTS, TURNS, TRIALS = 10, 40, 10


async def bring_in(chat: Chat) -> None:
    """A wrong form is mended and sent again, as often as it takes."""
    for attempt in range(1, ATTEMPTS + 1):
        part = chat.part(f"a{attempt}")
        hint = _("An XLSForm, as for ODK and KoboToolbox: .xlsx, .xls or .csv.") if attempt == 1 else None
        file = await part.document("file", _("Please send the form."), hint=hint)
        result = await _read(part, file["document"])
        if result is not None:
            await _ready(part, result)
            return
    chat.say(_("Let us look at the form together first. You can begin again whenever you like: /menu"))


async def take_ours(chat: Chat) -> None:
    """The questionnaires that come with the program: publish/forms."""
    options = [
        Option("community_profile", _("Community profile: for the group to fill together")),
        Option("household_needs", _("Needs of a household: for people alone, or from house to house")),
    ]
    name = await chat.pick("ours", _("Which form?"), options)
    result = await chat.work("read", "read_form", {"ours": name})
    if "version" in result:
        await _ready(chat, result)
    else:
        _failed(chat, result)


async def _read(chat: Chat, media: str) -> dict[str, Any] | None:
    """What the worker made of it, with the repairs agreed to and the files sent beside; None: a better file comes."""
    args: dict[str, Any] = {"media": media, "repair": [], "files": {}}
    for turn in range(1, TURNS + 1):
        part = chat.part(f"r{turn}")
        result: dict[str, Any] = await part.work("read", "read_form", args)
        if "faults" not in result:
            if "version" in result:
                return result
            _failed(chat, result)
            return None
        found = [_fault(raw) for raw in result["faults"]]
        changed = await _mended(part, found, args)
        if changed is None:
            return None
        args = changed
    return None


def _failed(chat: Chat, result: dict[str, Any]) -> None:
    if result.get("error") == "not_allowed":
        chat.say(refusals.words(Refused("not_allowed")))
    else:
        chat.say(_("I could not open that file. Please send it once more."))


def _fault(raw: dict[str, Any]) -> Fault:
    return Fault(**{**raw, "reason": Reason(raw["reason"]), "repair": raw["repair"] and Repair(raw["repair"])})


async def _mended(chat: Chat, found: list[Fault], args: dict[str, Any]) -> dict[str, Any] | None:
    offered = [fault.repair for fault in found if fault.repair is not None]
    missing = [fault.value for fault in found if fault.reason is Reason.NO_FILE]
    chat.say(form_faults.faults(found))
    if missing and len(missing) == len(found):
        return await _beside(chat, missing[0], args)
    if len(offered) < len(found):
        chat.say(_("Mend it and send the file again."))
        return None
    text = _("I can mend this for you:\n{repairs}").format(repairs=form_faults.repairs(offered))
    answers = [Option("mend", _("Yes, mend it")), Option("own", _("No, I do it myself"))]
    if await chat.pick("mend", text, answers) == "own":
        return None
    return {**args, "repair": sorted({*args["repair"], *(str(repair) for repair in offered)})}


async def _beside(chat: Chat, name: str, args: dict[str, Any]) -> dict[str, Any] | None:
    hint = _("Several files may come at once, in one .zip.")
    file = await chat.file("beside", _("Please send the file “{name}”.").format(name=name), hint=hint, optional=True)
    if file is None:
        return None
    [media] = file.values()
    return {**args, "files": {**args["files"], name: media}}


async def _ready(chat: Chat, result: dict[str, Any]) -> None:
    chat.say(form_words.ready(result))
    if result["known"]:
        chat.say(_("It is a new version: who is answering now finishes on the one before."))
    if result["document"]:
        chat.send(_("Here is the mended file; please go on with this one."), document=result["document"])
    for trial in range(1, TRIALS + 1):
        part = chat.part(f"t{trial}")
        what = await part.pick(
            "next",
            _("What now?"),
            [
                Option("try", _("▶ Try it")),
                Option("put", _("Put it to people")),
                Option("later", _("Later")),
            ],
        )
        if what == "later":
            await part.do("keep", partial(_keep, version_id=result["version"], chat=chat))
            chat.say(_("It is kept. You find it under “Put a form to people”."))
            return
        if what == "put":
            form_id = await part.do("keep", partial(_keep, version_id=result["version"], chat=chat))
            await publish(part, form_id=form_id)
            return
        await _try(part, result["version"])


async def _keep(db: AsyncConnection, *, version_id: int, chat: Chat) -> int:
    return await forms.publish(db, version_id=version_id, by=chat.person.id, now=chat.now())


async def _try(chat: Chat, version_id: int) -> None:
    """A trial is nobody's answer, and leaves nothing."""
    begin = partial(fills.begin, version_id=version_id, mode=Mode.PERSON, person_id=chat.person.id, now=chat.now())
    fill_id = await chat.do("trial", begin)
    await chat.form("f", fill_id)
    await chat.do("drop", partial(fills.drop, fill_id=fill_id))
    chat.say(_("That is how people will see it. Nothing of your trial is kept."))
