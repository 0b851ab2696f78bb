"""The group studies an issue of its agreed list: section by section, several members, over days."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.brief_asking import asks, hint
from conversations.brief_speech import rehearse
from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.calendar import in_words
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.brief import NEEDED, WRITTEN, Section, longest
from domain.law.card import CARDS
from domain.law.fitting import fitting
from domain.people import Action
from locales import _, current
from publish import brief_words, law_cards
from storage import brief_facts, briefs, needs
from storage.briefs import Brief

ROUNDS = 60  # in one go; everything is kept, so that it may be begun again
PDF, DOCX, ENOUGH = "pdf", "docx", "enough"
NO_CARD = "none"


async def brief(chat: Chat) -> None:
    need_id = await _issue(chat)
    if need_id is None:
        return chat.say(_("There is no agreed list in your villages yet. An issue is studied when it stands on one."))
    for number in range(1, ROUNDS + 1):
        part = chat.part(str(number))
        wish = await part.pick("wish", partial(_standing, chat, need_id), partial(_choices, need_id=need_id))
        if wish == ENOUGH:
            break
        await _go_to(part, need_id, wish)
    chat.say(_("Everything you wrote is kept. Others of your group can go on with it."))


async def _issue(chat: Chat) -> int | None:
    ids = await chat.look("issues", partial(briefs.issues, person_id=chat.person.id))
    if not ids:
        return None
    return int(await chat.pick("issue", _("Which issue shall we study?"), partial(_issues, chat)))


async def _issues(chat: Chat, db: AsyncConnection) -> Sequence[Option]:
    ids = await briefs.issues(db, person_id=chat.person.id)
    found = [await brief_facts.facts(db, need_id=need_id, today=chat.today()) for need_id in ids]
    return [
        Option(each.need_id, f"{each.village.place.named(current())}, {each.place}. {brief_words.title(each)}"[:90])
        for each in found
    ]


async def _go_to(chat: Chat, need_id: int, wish: str) -> None:
    if wish in (PDF, DOCX):
        await _hand_out(chat, need_id, wish)
    elif wish == Section.PHOTO:
        await _photo(chat, need_id)
    elif wish == Section.LAW:
        await _law(chat, need_id)
    elif wish == Section.SPEECH:
        await rehearse(chat, need_id)
    else:
        await _text(chat, need_id, Section(wish))


async def _text(chat: Chat, need_id: int, section: Section) -> None:
    seen = await chat.look("seen", partial(_seen, need_id=need_id, section=section))
    before = ["", _("Until now:"), seen["words"]] if seen["words"] else []
    text = "\n".join([asks(section), *before])
    words = await chat.text(
        "words", text, longest=longest(section), hint=hint(section), optional=_("Leave it as it is")
    )
    if words is None:
        return
    said: dict[str, Any] = {"need_id": need_id, "section": section, "words": words, "by": chat.person.id}
    other = await chat.do("write", partial(briefs.write, **said, now=chat.now(), seen=seen["id"]))
    if other:
        chat.say(_("Somebody else wrote here meanwhile. Yours stands now; theirs was:") + f"\n{other}")


async def _seen(db: AsyncConnection, *, need_id: int, section: Section) -> dict[str, Any]:
    written = (await briefs.brief(db, need_id=need_id)).sections.get(section)
    return {"id": written.id, "words": written.words} if written else {"id": None, "words": ""}


async def _photo(chat: Chat, need_id: int) -> None:
    taken = await chat.photo(
        "photo",
        _("Send a photo of how it is now. The newest three stand in the brief."),
        optional=_("Go on without"),
        hint=_("No faces and no children, please: the brief is handed around."),
    )
    if taken is not None:
        said = {"need_id": need_id, "media_id": taken["photo"], "by": chat.person.id}
        await chat.do("keep", partial(briefs.add_photo, **said, now=chat.now()))


async def _law(chat: Chat, need_id: int) -> None:
    seen = await chat.look("seen", partial(_seen, need_id=need_id, section=Section.LAW))
    kind = await chat.look("kind", partial(_kind, need_id=need_id))
    first = fitting(kind)
    order = [*first, *(name for name in CARDS if name not in first)]
    names = await chat.pick_many(
        "cards",
        _("Which of these do we lean on? Those that fit this issue stand first."),
        [*(Option(name, law_cards.title(name)) for name in order), Option(NO_CARD, _("None of them"))],
        at_most=4,
        optional=_("Leave it as it is"),
    )
    if names is not None:
        words = json.dumps([name for name in names if name != NO_CARD])
        said: dict[str, Any] = {"need_id": need_id, "section": Section.LAW, "words": words, "by": chat.person.id}
        await chat.do("write", partial(briefs.write, **said, now=chat.now(), seen=seen["id"]))


async def _kind(db: AsyncConnection, *, need_id: int) -> str:
    return str((await needs.told(db, need_id=need_id)).kind)


async def _hand_out(chat: Chat, need_id: int, form: str) -> None:
    language = await chat.pick("language", _("In which language?"), [Option("ka", "ქართული"), Option("en", "English")])
    await chat.do("may", partial(briefs.require, need_id=need_id, by=chat.person.id))
    args = {"need": need_id, "form": form, "language": language, "day": chat.today().isoformat()}
    made = await chat.work("file", "brief", args)
    if made.get("document"):
        chat.send(_("Here is the brief. Read it aloud to each other once."), document=made["document"])
    else:
        chat.say(_("The brief could not be made. Please try again a little later."))


async def _standing(chat: Chat, need_id: int, db: AsyncConnection) -> str:
    facts = await brief_facts.facts(db, need_id=need_id, today=chat.today())
    written = await briefs.brief(db, need_id=need_id)
    filled = [section for section in NEEDED if section in written.filled]
    done = _("Ready: {count} of {all}").format(count=len(filled), all=len(NEEDED))
    lines = [brief_words.title(facts), brief_words.where(facts), "", *brief_words.figures(facts), "", done]
    return "\n".join([*lines, *_authors(chat, written)])


def _authors(chat: Chat, written: Brief) -> Sequence[str]:
    """Who wrote which section, and when."""
    heads, nameless = brief_words.heads(), _("a member")
    return [
        f"✓ {heads[section]} – {each.author or nameless}, {in_words(each.at.astimezone(chat.zone).date())}"
        for section, each in written.sections.items()
        if section in WRITTEN or section is Section.LAW
    ]


async def _choices(db: AsyncConnection, *, need_id: int) -> Sequence[Option]:
    filled, heads = (await briefs.brief(db, need_id=need_id)).filled, brief_words.heads()
    sections = [Option(each, f"{'✓' if each in filled else '○'} {heads[each]}") for each in NEEDED]
    out = [
        Option(Section.SPEECH, _("🎤 The speech of two minutes")),
        Option(PDF, _("📄 The brief on one page (PDF)")),
        Option(DOCX, _("📝 The brief for Word")),
    ]
    return [*sections, *out, Option(ENOUGH, _("Enough for now"))]


async def _any(db: AsyncConnection, person: Person) -> bool:
    return bool(await briefs.issues(db, person_id=person.id))


ENTRY = Entry(
    "brief",
    brief,
    lambda: _("📋 Study an issue"),
    action=Action.STUDY_ISSUE,
    in_menu=True,
    offered=_any,
    nudge_after=None,
)
