"""How a form looks where it is now: one question, a sheet of several, "one more?", or the last look."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from conversations import tap
from conversations.forms import pictures, review, sheet, wording
from conversations.forms.filling import HERE, MORE, REST, REVIEW, SHEET, Filling, place_of
from conversations.forms.parts import Around, in_short, part
from conversations.message import Button, Outgoing, Rows, Sheet
from conversations.questions.attachment import Attachment
from conversations.replay import OWN_BACK, Question, Screen
from domain.forms.asked import Asked, Kind
from domain.forms.calls import Mode
from domain.forms.plain import plain
from locales import _

KEEP, KNOWN, SEND, YES, NO = "!keep", "!known", "!send", "yes", "no"
NUMBERS = (Kind.INTEGER, Kind.DECIMAL)
LONG = 20  # questions: from here on it is said how far they are


@dataclass
class Showing:
    """`base` is the key of the whole; each part has its own, so that an old button never answers another question."""

    base: str
    around: Around
    filling: Filling
    at: str
    _part: tuple[Asked, Question] | None = field(default=None, init=False)

    @property
    def key(self) -> str:
        return part_key(self.base, self.at)

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
            "\n\n".join([*head, *words]),
            rows,
            None,
            kept,
            Sheet(data, _("Send"), tuple(fields), wording.look_again(len(wrong))),
        )

    def _known_row(self) -> Rows:
        if self.filling.row.mode != Mode.GROUP:
            return ()
        words = _("The number is {known} (press to change)").format(known=wording.known_words(self.filling.known))
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
            words += [said] if (said := wording.note(asked)) else []
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
            rows += (
                (self._button("✓ " + _("Leave it: {answer}").format(answer=wording.short(in_short(asked))), KEEP),),
            )
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

    def _before(self) -> str | None:
        return self.filling.before("" if self.at == REVIEW else self.at)


def part_key(base: str, at: str) -> str:
    return f"{base}.{tap.digest(at)[1:9]}"
