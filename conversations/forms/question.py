"""A whole form as one question of a conversation: its parts are asked one after the other, with their own Back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from conversations import controls, tap
from conversations.forms import pictures, review, sheet
from conversations.forms.filling import HERE, MORE, REST, REVIEW, SHEET, Filling, place_of
from conversations.forms.parts import Around, in_short, part, point_of, written
from conversations.message import Button, Incoming, Outgoing, Rows, Sheet
from conversations.questions.attachment import Attachment
from conversations.replay import OWN_BACK, Answer, Invalid, Onward, Question, Redraw, Screen
from domain.forms.asked import Asked, Kind, Wrong
from domain.forms.calls import Known, Mode
from domain.forms.faults import Violation
from domain.forms.plain import plain
from domain.typed.numbers import NotANumber
from locales import _, ngettext
from storage import fills

KEEP, KNOWN, SEND, YES, NO = "!keep", "!known", "!send", "yes", "no"
NUMBERS = (Kind.INTEGER, Kind.DECIMAL)
SAID = 120  # letters of the answers below a sheet
LONG = 20  # questions: from here on it is said how far they are


@dataclass
class FormQuestion:
    """`base` is the key of the whole; each part has its own, so that an old button never answers another question."""

    base: str
    around: Around
    filling: Filling
    at: str
    now: datetime
    reviews: bool
    optional: bool | str = False
    _part: tuple[Asked, Question] | None = field(default=None, init=False)

    @property
    def key(self) -> str:
        return part_key(self.base, self.at)

    # showing

    async def show(self, draft: Any) -> Screen:
        draft = draft or {}
        before = self._before()
        kept = {"at": self.at, "q": draft.get("q"), "section": self._section(), OWN_BACK: before is not None}
        if self.at == REVIEW:
            return Screen(review.text(self.filling, draft.get("q")), self._review_rows(draft.get("q")), draft=kept)
        told, head = self._notes()[0], self._head(draft)
        if self.at.startswith(MORE):
            text = "\n\n".join([*head, self._more_words()])
            return Screen(text, self._more_rows(), draft=kept, before=tuple(told))
        if self.at.startswith((SHEET, REST)):
            return self._sheet(head, draft.get("q") or {}, kept)._replace(before=tuple(told))
        if self.at.startswith(HERE):
            shown = await self._whereabouts().show(None)
            text = "\n\n".join([*head, shown.text])
            return Screen(text, (*shown.rows, self._skip_row()), draft=kept, before=tuple(told))
        asked, question = self._question(head)
        shown = await question.show(draft.get("q"))
        photo, above = pictures.photo(self.filling, asked), (*told, *pictures.before(self.filling, asked))
        alt = plain(asked.label) if photo else ""
        return Screen(shown.text, (*shown.rows, *self._own_rows()), photo, kept, before=above, alt=alt)

    def _sheet(self, head: list[str], sent: dict[str, Any], kept: dict[str, Any]) -> Screen:
        """All questions of a field-list; the text and the buttons are for whoever reads it elsewhere."""
        refs, wrong = self.filling.on_sheet(self.at), sent.get("wrong", {})
        title = plain(self.filling.session.question(place_of(self.at)).label)
        words = [title] if self.at.startswith(SHEET) and title and title not in "".join(head) else []
        if not words and not head:
            words.append(_("And this as well:") if self.at.startswith(REST) else _("Please fill this in:"))
        fields = sheet.fields(self.filling, refs, sent.get("typed", {}), wrong)
        data = tap.data(self.around.run, self.key, SEND)
        rows = self._known_row() if any(each.kind in ("whole", "decimal") for each in fields) else ()
        return Screen(
            "\n\n".join([*head, *words]), rows, None, kept, Sheet(data, _("Send"), tuple(fields), _again(len(wrong)))
        )

    def _known_row(self) -> Rows:
        if self.filling.row.mode != Mode.GROUP:
            return ()
        words = _("The number is {known} (press to change)").format(known=known_words(self.filling.known))
        return ((self._button(words, KNOWN),),)

    def _head(self, draft: dict[str, Any]) -> list[str]:
        """Where a new section begins, what it is and how far they are; then the notes before this question."""
        lines = [str(draft["note"])] if draft.get("note") else []
        if draft.get("section") != self._section() and (words := self._progress()):
            lines.append(words)
        return [*lines, *self._notes()[1]]

    def _notes(self) -> tuple[list[Outgoing], list[str]]:
        """The notes before this question: up to the last with a picture or sound as messages, the others as words."""
        before: list[Outgoing] = []
        words: list[str] = []
        for ref in self.filling.notes(self.at):
            asked = self.filling.session.question(ref)
            words += [said] if (said := _note(asked)) else []
            if asked.media and (asked.path in self.filling.compiled.pictured):
                before += pictures.note(self.filling, asked, "\n\n".join(words))
                words = []
        return before, words

    def _section(self) -> str:
        return "" if self.at == REVIEW else self.filling.section_of(self.at)

    def _progress(self) -> str:
        sections, section = self.filling.compiled.sections, self._section()
        if section not in sections or len(sections) < 2:
            return ""
        title = plain(self.filling.session.question(section).label)
        words = _("Part {number} of {all}: {title}")
        if self.filling.compiled.askable >= LONG:
            words = _("Part {number} of {all}: {title} · {percent} %")
        number = sections.index(section) + 1
        return words.format(number=number, all=len(sections), title=title, percent=self.filling.percent)

    def _question(self, head: list[str] | None = None) -> tuple[Asked, Question]:
        if self._part is None or head is not None:
            asked = pictures.numbered(self.filling, self.filling.session.question(self.at))
            around = replace(self.around, key=self.key)
            text = "\n\n".join([*(head or []), plain(asked.label) or asked.ref.rpartition("/")[2]])
            self._part = asked, part(asked, around, text)
        return self._part

    def _own_rows(self) -> Rows:
        asked, _question = self._question()
        rows: Rows = ()
        if asked.value:
            rows += ((self._button("✓ " + _("Leave it: {answer}").format(answer=_short(in_short(asked))), KEEP),),)
        if asked.kind in NUMBERS:
            rows += self._known_row()
        return rows if asked.required else (*rows, self._skip_row())

    def _skip_row(self) -> tuple[Button, ...]:
        return (self._button(_("Skip"), tap.SKIP),)

    def _whereabouts(self) -> Question:
        words = _("This form would like to know where you are now. The place is kept with your answers.")
        around = self.around
        base = (self.key, around.run, words, around.open, None, False)
        return Attachment(*base, ("location",), around.keep, around.only_phone)

    def _button(self, label: str, value: str) -> Button:
        return Button(label, tap.data(self.around.run, self.key, value))

    def _more_words(self) -> str:
        label = plain(self.filling.session.question(self.at.removeprefix(MORE)).label)
        return _("“{what}”: is there one more to tell?").format(what=label) if label else _("Is there one more?")

    def _more_rows(self) -> Rows:
        return ((self._button(_("Yes, one more"), YES),), (self._button(_("No, that is all"), NO),))

    def _review_rows(self, page: Any) -> Rows:
        return review.rows(self.filling, page, self._button)

    # answering

    async def accept(self, message: Incoming, draft: Any) -> Answer | Redraw | Onward:
        draft = draft or {}
        pressed = self._pressed(message)
        if pressed == tap.BACK:
            return await self._back(draft)
        for mark, answered in ((REVIEW, self._review), (MORE, self._more), (HERE, self._here)):
            if self.at.startswith(mark):
                return await answered(message, pressed, draft)
        if pressed == KNOWN:
            return await self._known(draft)
        if self.at.startswith((SHEET, REST)):
            return await self._filled(message, pressed, draft)
        return await self._answer(message, pressed, draft)

    def _pressed(self, message: Incoming) -> str | None:
        read = tap.read(message.tap) if message.tap else None
        return read.value if read is not None and read.key == self.key else None

    async def _answer(self, message: Incoming, pressed: str | None, draft: dict[str, Any]) -> Answer | Redraw | Onward:
        asked, question = self._question()
        if pressed == KEEP and asked.value:
            return await self._taken(asked, asked.value, in_short(asked), draft)
        if not asked.required and (pressed == tap.SKIP or controls.skips(message, _("Skip"))):
            return await self._taken(asked, "", _("Skip"), draft)
        taken = await question.accept(message, draft.get("q"))
        if isinstance(taken, Answer):
            return await self._taken(asked, written(asked, taken.value, self.around.zone), taken.label, draft)
        return Redraw({**draft, "q": taken.draft})

    async def _here(self, message: Incoming, pressed: str | None, draft: dict[str, Any]) -> Answer | Onward:
        point, label = "", _("Skip")
        if pressed != tap.SKIP and not controls.skips(message, label):
            if message.location is None:
                raise Invalid(_("Please send a place."))
            point, label = point_of(message.location), _("📍 place")
        self.filling.be_at(self.at, point)
        await self.filling.save(await self.around.open(), now=self.now)
        return await self._onward(label, draft)

    async def _known(self, draft: dict[str, Any]) -> Redraw:
        order = list(Known)
        self.filling.known = order[(order.index(self.filling.known) + 1) % len(order)]
        await self.filling.save(await self.around.open(), now=self.now)
        return Redraw(draft)

    async def _filled(self, message: Incoming, pressed: str | None, draft: dict[str, Any]) -> Answer | Redraw | Onward:
        """A sheet came in: what may stand is kept at once, and what may not is shown again beside its reason."""
        if pressed != SEND or message.values is None:
            raise Invalid(_("Please fill in the fields, then press “Send” below them."))
        refs = self.filling.on_sheet(self.at)
        typed = {ref: value for ref, value in message.values.items() if ref in refs}
        asked = {ref: self.filling.session.question(ref) for ref in refs}
        wrong, given = {}, {}
        for ref in refs:
            try:
                given[ref] = sheet.value_of(asked[ref], typed.get(ref, ""), self.around.zone)
            except (ValueError, NotANumber):
                wrong[ref] = _("I cannot read that answer. Please write it once more.")
        for ref, violation in self.filling.answer_together(given, whole=not wrong).items():
            wrong[ref] = refused(violation, asked[ref])
        await self.filling.save(await self.around.open(), now=self.now, refs=[ref for ref in given if ref not in wrong])
        if wrong:
            return Redraw({**draft, "q": {"typed": typed, "wrong": wrong}})
        return await self._onward(self._said(given), draft)

    def _said(self, given: dict[str, str]) -> str:
        """What was answered, as it stands below the sheet afterwards."""
        words = (in_short(self.filling.session.question(ref)) for ref, value in given.items() if value)
        return _short(" · ".join(words), SAID) or _("Skip")

    async def _taken(self, asked: Asked, value: str, label: str | None, draft: dict[str, Any]) -> Answer | Onward:
        try:
            self.filling.answer(self.at, value)
        except Violation as violation:
            raise Invalid(refused(violation, asked)) from None
        await self.filling.save(await self.around.open(), now=self.now, refs=[self.at])
        return await self._onward(label, draft)

    async def _onward(self, label: str | None, draft: dict[str, Any], to: str | None = None) -> Answer | Onward:
        section, following = draft.get("section"), to or self.filling.next(self.at)
        if following is None and not self.reviews:
            return Answer({"fill": self.filling.row.id}, label)
        self.at, self._part = following or REVIEW, None
        return Onward(label, {"at": self.at, "section": section})

    async def _more(self, message: Incoming, pressed: str | None, draft: dict[str, Any]) -> Answer | Onward:
        first, repeat, typed = None, self.at.removeprefix(MORE), (message.text or "").casefold().strip()
        if pressed == YES or typed == _("yes"):
            try:
                first = self.filling.add(repeat)
            except Violation:
                raise Invalid(_("That is as many as I can take here.")) from None
        elif pressed == NO or typed == _("no"):
            self.filling.enough(repeat)
        else:
            raise Invalid(_("Please press one of the buttons below."))
        await self.filling.save(await self.around.open(), now=self.now)
        return await self._onward(None, draft, first)

    # back

    def _before(self) -> str | None:
        return self.filling.before("" if self.at == REVIEW else self.at)

    async def _back(self, draft: dict[str, Any]) -> Onward | Redraw:
        previous = self._before()
        if previous is None:
            raise Invalid(_("This is the first question."))
        if self._fresh(previous):
            try:
                self.filling.remove_last(place_of(self.at))
            except Violation:  # the form counts for itself
                pass
            else:
                await self.filling.save(await self.around.open(), now=self.now)
        self.at, self._part = previous, None
        return Onward(None, {"at": previous, "section": self._section()})

    def _fresh(self, previous: str) -> bool:
        """Whether this is the first question of a round in which nothing was said yet."""
        if "]" not in self.at:
            return False
        place = place_of(self.at)
        instance = place[: place.rindex("]") + 1]
        return not place_of(previous).startswith(instance) and not any(
            ref.startswith(instance) for ref in self.filling.seen
        )

    # the last look

    async def _review(self, message: Incoming, pressed: str | None, draft: dict[str, Any]) -> Answer | Redraw | Onward:
        if pressed == review.FINISH or (message.text or "").casefold().strip() == _("yes"):
            return await self._finish(draft)
        chosen = review.chosen(self.filling, pressed)
        if chosen is not None:
            return await self._onward(None, {}, self.filling.whole(chosen))
        page = review.turned(pressed, draft.get("q"))
        if page is None and pressed != review.LEAVE:
            raise Invalid(_("Please press one of the buttons below."))
        return Redraw({**draft, "q": page})

    async def _finish(self, draft: dict[str, Any]) -> Answer | Onward:
        wrong = next((one for one in self.filling.session.validate() if one.ref in self.filling.route()), None)
        if wrong is not None:
            self.at, self._part = self.filling.whole(wrong.ref), None
            return Onward(None, {"at": self.at, "note": _still(wrong)})
        db = await self.around.open()
        await self.filling.save(db, now=self.now)
        await fills.finish(db, fill_id=self.filling.row.id, sex=await self._sex(), now=self.now)
        return Answer({"fill": self.filling.row.id}, _("Finished"))

    async def _sex(self) -> str | None:
        own = review.sex(self.filling)
        if own is None and self.filling.row.mode == Mode.PERSON:
            return await fills.sex_of(await self.around.open(), person_id=self.filling.person_id)
        return own

    def describe(self, value: Any) -> str | None:
        return None


def part_key(base: str, at: str) -> str:
    return f"{base}.{tap.digest(at)[1:9]}"


def _note(asked: Asked) -> str:
    """A note, or a question that can only be read."""
    words = plain(asked.label)
    return f"{words} {in_short(asked)}" if asked.value and asked.kind is not Kind.NOTE else words


def known_words(known: Known) -> str:
    return {Known.COUNTED: _("counted"), Known.TOLD: _("told"), Known.ESTIMATED: _("estimated")}[known]


def refused(violation: Violation, asked: Asked) -> str:
    if violation.message:
        return plain(violation.message)
    words = {
        "required": _("This one is needed. Please answer it."),
        "type": _("I cannot read that answer. Please write it once more."),
        "choice": _("That choice is no longer there. Please choose again."),
    }
    return words.get(violation.rule, _("That answer does not fit here. Please look at it once more."))


def _still(wrong: Wrong) -> str:
    return plain(wrong.message) or _("One answer is still missing or does not fit:")


def _again(count: int) -> str:
    if not count:
        return ""
    words = ngettext("Please look at {count} answer once more.", "Please look at {count} answers once more.", count)
    return words.format(count=count)


def _short(words: str, most: int = 40) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
