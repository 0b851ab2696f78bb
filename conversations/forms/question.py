"""A whole form as one question of a conversation: its parts are asked one after the other, with their own Back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from conversations import controls, tap
from conversations.forms import review, sheet, wording
from conversations.forms.filling import HERE, MORE, REST, REVIEW, SHEET, place_of
from conversations.forms.parts import in_short, point_of, written
from conversations.forms.showing import KEEP, KNOWN, NO, SEND, YES, Showing
from conversations.message import Incoming
from conversations.replay import Answer, Invalid, Onward, Redraw
from domain.forms.asked import Asked
from domain.forms.calls import Known, Mode
from domain.forms.faults import Violation
from domain.typed.numbers import NotANumber
from locales import _
from storage import fills

SAID = 120  # letters of the answers below a sheet


@dataclass
class FormQuestion(Showing):
    """It takes what comes for the part that is shown."""

    now: datetime
    reviews: bool
    optional: bool | str = False

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
            wrong[ref] = wording.refused(violation, asked[ref])
        await self.filling.save(await self.around.open(), now=self.now, refs=[ref for ref in given if ref not in wrong])
        if wrong:
            return Redraw({**draft, "q": {"typed": typed, "wrong": wrong}})
        return await self._onward(self._said(given), draft)

    def _said(self, given: dict[str, str]) -> str:
        """What was answered, as it stands below the sheet afterwards."""
        words = (in_short(self.filling.session.question(ref)) for ref, value in given.items() if value)
        return wording.short(" · ".join(words), SAID) or _("Skip")

    async def _taken(self, asked: Asked, value: str, label: str | None, draft: dict[str, Any]) -> Answer | Onward:
        try:
            self.filling.answer(self.at, value)
        except Violation as violation:
            raise Invalid(wording.refused(violation, asked)) from None
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
            return Onward(None, {"at": self.at, "note": wording.still_wrong(wrong)})
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
