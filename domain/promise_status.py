"""The public status of a promise, computed from its three axes each time; nobody sets it.

It rests on what somebody said or saw, never on silence. So "not checked" is never "not done": a promise is overdue
because its day has passed (the reason tells whether anyone has looked), stalled or broken only by what was seen or
said, and one that the official calls done is under way until the group has looked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from domain.promises import Agreed, Event, Finding, Found, Heard, Promise, Reason, Said, Status, Verdict, Voice, Word
from domain.promises import due_on as day_of

# Nothing to be seen half a year after the day: no longer late.
BROKEN_AFTER = timedelta(days=180)
# Checks that lie no further apart are one look of the group: who saw otherwise long before does not disagree.
ONE_LOOK = timedelta(days=14)
# For so long after it was found done it is the group that says so, and neighbours are asked to look.
PROVISIONAL = timedelta(days=14)
# So many people of the group, or one with a photo, find it done together.
WITNESSES = 2
# So many neighbours who see otherwise dispute what the group or the official calls done.
DISAGREEING = 3

# What the public reads for each reason: until the day it is due, and after it.
PUBLIC = {
    Reason.NOTHING_KNOWN: (Status.NOT_YET_DUE, Status.OVERDUE),
    Reason.SAID_NOT_STARTED: (Status.NOT_YET_DUE, Status.OVERDUE),
    Reason.SAID_UNDER_WAY: (Status.UNDER_WAY, Status.OVERDUE),
    Reason.SAID_DONE_NOT_CHECKED: (Status.UNDER_WAY, Status.UNDER_WAY),
    Reason.SAID_CANNOT: (Status.BROKEN, Status.BROKEN),
    Reason.SAID_CHANGED_NOT_AGREED: (Status.NOT_YET_DUE, Status.OVERDUE),
    Reason.SAID_CHANGED_REFUSED: (Status.NOT_YET_DUE, Status.OVERDUE),
    Reason.SAID_DONE_SEEN_OTHERWISE: (Status.DISPUTED, Status.DISPUTED),
    Reason.SEEN_UNDER_WAY: (Status.UNDER_WAY, Status.OVERDUE),
    Reason.SEEN_NOTHING: (Status.NOT_YET_DUE, Status.OVERDUE),
    Reason.SEEN_NOTHING_SINCE_BEGUN: (Status.STALLED, Status.OVERDUE),
    Reason.SEEN_NOTHING_LONG_AFTER: (Status.BROKEN, Status.BROKEN),
    Reason.SEEN_DONE_ONCE: (Status.UNDER_WAY, Status.UNDER_WAY),
    Reason.SEEN_DONE: (Status.KEPT, Status.KEPT_LATE),
    Reason.SEEN_DONE_BADLY: (Status.KEPT_IN_PART, Status.KEPT_IN_PART),
    Reason.SEEN_DIFFERENTLY: (Status.DISPUTED, Status.DISPUTED),
    Reason.NEIGHBOURS_DISAGREE: (Status.DISPUTED, Status.DISPUTED),
    Reason.AGREED: (Status.CHANGED_BY_AGREEMENT, Status.CHANGED_BY_AGREEMENT),
}
_HEARD = {
    Word.NOT_STARTED: Reason.SAID_NOT_STARTED,
    Word.UNDER_WAY: Reason.SAID_UNDER_WAY,
    Word.DONE: Reason.SAID_DONE_NOT_CHECKED,
    Word.CANNOT: Reason.SAID_CANNOT,
    Word.CHANGED: Reason.SAID_CHANGED_NOT_AGREED,
}
_DONE = frozenset({Finding.DONE, Finding.DONE_BADLY})
_KEPT = frozenset({Reason.SEEN_DONE, Reason.SEEN_DONE_BADLY})


def status(promise: Promise, events: Sequence[Event], today: date, split_on: date | None = None) -> Verdict:
    """`events` in the order in which they were recorded. An agreement begins the story anew; a promise that was split
    stands as on that day, since its parts are followed from then on."""
    story, agreed = _Story(), None
    for one in events:
        if not isinstance(one, Agreed):
            story.add(one)
        elif story.wish is not None and one.yes:
            story, agreed = _Story(), one
        elif story.wish is not None:
            story.refused = True
    due = agreed.due if agreed else day_of(promise)
    verdict = _verdict(story, agreed, due, split_on or today)
    return replace(verdict, reason=Reason.SPLIT, wish=None, doubted=False) if split_on else verdict


def _verdict(story: "_Story", agreed: Agreed | None, due: date | None, today: date) -> Verdict:
    reason = story.reason(due)
    done_on = min(story.done_days, default=story.confirmed_on) if reason is Reason.SEEN_DONE else None
    days_over = max(0, ((done_on or today) - due).days) if due else 0
    if agreed and _agreement_stands(agreed, reason, days_over):
        reason = Reason.AGREED
    until = story.confirmed_on + PROVISIONAL if story.confirmed_on and reason in _KEPT else None
    return Verdict(
        PUBLIC[reason][days_over > 0],
        reason,
        due,
        days_over,
        story.said,
        story.best(reason),
        done_on,
        until if until and today <= until else None,
        story.wish,
        story.doubted,
    )


def _agreement_stands(agreed: Agreed, reason: Reason, days_over: int) -> bool:
    if agreed.due is None:
        return reason not in _KEPT
    return reason is Reason.NOTHING_KNOWN and not days_over


@dataclass
class _Story:
    """What is known since the last agreement, event by event. `sights` holds what each member saw last, as long as it
    still speaks; a dispute stays until a check with a photo, whatever else is told."""

    said: Said | None = None
    found: Found | None = None
    refused: bool = False
    refuted: bool = False  # a photo has shown that it is not done, whatever the official said
    begun: bool = False
    looked_last: bool = False
    sights: dict[int, Found] = field(default_factory=dict)
    against: set[int] = field(default_factory=set)
    doubted: bool = False  # a neighbour asks for a new look, and nobody of the group has looked since
    dispute: Reason | None = None
    confirmed_on: date | None = None
    done_days: list[date] = field(default_factory=list)

    @property
    def wish(self) -> Said | None:
        asks = self.said is not None and self.said.value in {Word.CHANGED, Word.CANNOT}
        return self.said if asks and not self.refused else None

    def add(self, one: Said | Found | Voice) -> None:
        match one:
            case Said():
                self._hear(one)
            case Found() if one.value is not Finding.NOT_CHECKED:  # who could not look has told nothing
                self._look(one)
            case Voice():
                self._neighbour(one)

    def _hear(self, said: Said) -> None:
        self.said, self.refused, self.looked_last = said, False, False
        self.begun |= said.value is Word.UNDER_WAY
        if said.value is Word.DONE:  # who saw nothing before it was done does not contradict that
            self.refuted = False
            self.done_days.append(said.on)
            self.sights = {by: sight for by, sight in self.sights.items() if sight.value in _DONE}

    def _look(self, found: Found) -> None:
        self.found, self.looked_last, self.doubted = found, True, False
        self.begun |= found.value is Finding.UNDER_WAY
        settles = self.dispute is not None and found.photo
        if settles:
            self._settle(found)
        elif found.photo:  # answers the neighbours who saw otherwise before
            self.against = set()
        still = {by: one for by, one in self.sights.items() if one.value in _DONE or found.on - one.on <= ONE_LOOK}
        self.sights = {**{by: one for by, one in still.items() if by != found.by}, found.by: found}
        self._weigh(found)

    def _settle(self, found: Found) -> None:
        self.dispute, self.sights, self.against, self.confirmed_on = None, {}, set(), None
        self.refuted = found.value not in _DONE

    def _weigh(self, found: Found) -> None:
        done = [one for one in self.sights.values() if one.value in _DONE]
        other = [one for one in self.sights.values() if one.value not in _DONE]
        if done and other and not _outweighs(done, other) and not _outweighs(other, done):
            self.dispute = self.dispute or Reason.SEEN_DIFFERENTLY
        if self.dispute or not done or _outweighs(other, done):
            self.confirmed_on, self.done_days = None, []
            if self.said and self.said.value is Word.DONE and not self.refuted:
                self.dispute = self.dispute or Reason.SAID_DONE_SEEN_OTHERWISE
            return
        if found.value is Finding.DONE:
            self.done_days.append(found.on)
        confirmed = len(done) >= WITNESSES or any(one.photo for one in done)
        self.confirmed_on = (self.confirmed_on or found.on) if confirmed else None

    def _neighbour(self, voice: Voice) -> None:
        called_done = self.confirmed_on or (self.said and self.said.value is Word.DONE and not self.refuted)
        if voice.value is Heard.SUPPORTS:
            self.against.discard(voice.by)  # who has looked again may see it otherwise now
            self.doubted &= bool(self.against)
            return
        if not called_done:
            return
        self.against.add(voice.by)
        self.doubted = True
        if len(self.against) >= DISAGREEING and self.dispute is None:
            self.dispute = Reason.NEIGHBOURS_DISAGREE
            self.confirmed_on, self.done_days = None, []

    def reason(self, due: date | None) -> Reason:
        if self.dispute is not None:
            return self.dispute
        done = [one for one in self.sights.values() if one.value in _DONE]
        other = [one for one in self.sights.values() if one.value not in _DONE]
        if done and not _outweighs(other, done):
            if self.confirmed_on is None:
                return Reason.SEEN_DONE_ONCE
            badly = sum(one.weight for one in done if one.value is Finding.DONE_BADLY)
            return Reason.SEEN_DONE_BADLY if 2 * badly >= sum(one.weight for one in done) else Reason.SEEN_DONE
        if self.found and self.looked_last:
            return self._seen(other[-1] if other else self.found, due)
        if self.said is None:
            return Reason.NOTHING_KNOWN
        return Reason.SAID_CHANGED_REFUSED if self._no() else _HEARD[self.said.value]

    def _no(self) -> bool:
        return self.refused and self.said is not None and self.said.value is Word.CHANGED

    def _seen(self, found: Found, due: date | None) -> Reason:
        """The group looked after the official's last word, and it is not done."""
        if found.value is Finding.UNDER_WAY:
            return Reason.SEEN_UNDER_WAY
        if self.said and self.said.value is Word.CANNOT:
            return Reason.SAID_CANNOT
        if due and found.on > due + BROKEN_AFTER:
            return Reason.SEEN_NOTHING_LONG_AFTER
        return Reason.SEEN_NOTHING_SINCE_BEGUN if self.begun else Reason.SEEN_NOTHING

    def best(self, reason: Reason) -> Found | None:
        """A check with a photo speaks louder to who reads."""
        if reason not in _KEPT:
            return self.found
        wanted = Finding.DONE if reason is Reason.SEEN_DONE else Finding.DONE_BADLY
        same = [one for one in self.sights.values() if one.value is wanted]
        return next((one for one in same if one.photo), same[-1])


def _outweighs(one: Sequence[Found], other: Sequence[Found]) -> bool:
    """Whoever lives there may weigh more, as the group has decided; a photo is never outweighed."""
    heavier = sum(sight.weight for sight in one) > sum(sight.weight for sight in other)
    return heavier and not any(sight.photo for sight in other)
