"""The record of a round table: what minutes are made from. Nothing here knows how it is kept or shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain import promises
from domain.people import Sex
from domain.promises import Vague


class Side(StrEnum):
    """Where somebody sits: every official belongs to one of the two branches."""

    COMMUNITY = "community"
    ELECTED = "elected"
    EXECUTIVE = "executive"
    GUEST = "guest"


BRANCHES = (Side.ELECTED, Side.EXECUTIVE)


class Reply(StrEnum):
    COMING = "coming"
    SENDS = "sends"
    NOT_COMING = "not_coming"


class Answer(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    WILL_STUDY = "will_study"
    NOT_OURS = "not_ours"


class Counted(StrEnum):
    """Where an answer is meant to be counted."""

    PRIORITIES = "priorities"
    BUDGET = "budget"
    VILLAGE_SUPPORT = "village_support"
    GRANT = "grant"
    NO_MONEY = "no_money"


class ReadBack(StrEnum):
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    NOT_ASKED = "not_asked"


class Source(StrEnum):
    """Where an answer was given."""

    ROOM = "room"
    BEFOREHAND = "beforehand"
    LETTER = "letter"
    SESSION = "session"
    YEARLY_REPORT = "yearly_report"


class State(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    NOT_HELD = "not_held"  # the municipality did not come: the issues go another way


@dataclass(frozen=True, slots=True)
class Speaker:
    name: str
    sex: Sex = Sex.UNDISCLOSED
    side: Side = Side.COMMUNITY


@dataclass(frozen=True, slots=True)
class Guest:
    """An official who was invited. `sends` is who comes in their place; `before` is what they said of a former day."""

    id: str
    name: str
    office: str
    branch: Side
    role_id: int | None = None
    reply: Reply | None = None
    sends: str = ""
    before: Reply | None = None


@dataclass(frozen=True, slots=True)
class Attendee:
    """Who sat there. `office` is empty for whoever holds none; `by_code` says that they entered themselves."""

    id: str
    name: str
    office: str
    side: Side
    sex: Sex
    by_code: bool = False


@dataclass(frozen=True, slots=True)
class Opinion:
    id: str
    by: Speaker
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """`reply` and who gave it are empty where nobody answered."""

    id: str
    by: Speaker
    words: str
    reply: str = ""
    replied_by: Speaker | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    id: str
    about: str
    in_favour: int
    against: int
    abstained: int


@dataclass(frozen=True, slots=True)
class Given:
    """What one branch answered. `whose` says whose it is instead; `registry` is the number of a letter's answer."""

    id: str
    branch: Side
    answer: Answer
    words: str = ""
    name: str = ""
    office: str = ""
    whose: str = ""
    counted: Counted | None = None
    year: int | None = None
    programme: str = ""
    source: Source = Source.ROOM
    registry: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """`words` are verbatim, as corrected by the speaker where they were; `voice` is a recording's media id.

    `due` is a day, or the vague words that were used; None where no time was named at all, which is the vaguest.
    """

    id: str
    speaker: str
    office: str
    words: str
    made_on: date
    due: date | Vague | None
    voice: str = ""
    money: str = ""
    money_source: str = ""
    check: str = ""
    read_back: ReadBack = ReadBack.NOT_ASKED
    sex: Sex = Sex.UNDISCLOSED
    branch: Side | None = None
    first_words: str = ""  # what was written before the speaker corrected it

    @property
    def due_on(self) -> date:
        """By the stated rule; a promise without any time is held to the rule of "soon"."""
        return promises.due_on(promises.Promise(self.made_on, self.due or Vague.SOON))


@dataclass(frozen=True, slots=True)
class Item:
    """An issue of an agreed list on the agenda. `words` are empty where the need's words were not released."""

    id: str
    need_id: int
    village_id: int
    community_id: int
    kind: str
    words: str
    place: int  # on its village's list
    minutes: int
    asked: str = ""  # what exactly is asked, from the brief
    presented_by: Speaker | None = None
    heard: str = ""
    opinions: Sequence[Opinion] = ()
    questions: Sequence[Question] = ()
    votes: Sequence[Vote] = ()
    answers: Sequence[Given] = ()
    promises: Sequence[Promise] = ()

    @property
    def voices(self) -> list[Speaker]:
        """Everybody who spoke to it, as often as they did."""
        presented = [self.presented_by] if self.presented_by else []
        asked = [each.by for each in self.questions]
        replied = [each.replied_by for each in self.questions if each.replied_by]
        promised = [Speaker(each.speaker, each.sex, each.branch or Side.EXECUTIVE) for each in self.promises]
        return [*presented, *(each.by for each in self.opinions), *asked, *replied, *promised]

    def answer_of(self, branch: Side) -> Given | None:
        """The last word of this branch."""
        return next((each for each in reversed(self.answers) if each.branch is branch), None)

    @property
    def answered(self) -> list[Side]:
        return [branch for branch in BRANCHES if self.answer_of(branch) is not None]

    @property
    def unanswered(self) -> list[Side]:
        return [branch for branch in BRANCHES if self.answer_of(branch) is None]


@dataclass(frozen=True, slots=True)
class Road:
    """How the issues went to a municipality that did not come; `stamp` is the media id of a photo of it."""

    source: Source
    registry: str
    day: date
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that is known of one meeting, corrections already carried out.

    number     within the municipality and year
    starts_at  aware; chair and secretary are names as they stand in the minutes
    entries    how many events it was made from: grows with everything that is entered
    """

    id: int
    number: int
    year: int
    municipality_id: int
    community_ids: Sequence[int]
    state: State
    starts_at: datetime
    place: str
    chair: str = ""
    secretary: str = ""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    guests: Sequence[Guest] = ()
    attendees: Sequence[Attendee] = ()
    items: Sequence[Item] = ()
    road: Road | None = None
    entries: int = 0

    def item(self, item_id: str) -> Item | None:
        return next((each for each in self.items if each.id == item_id), None)

    def guest(self, guest_id: str) -> Guest | None:
        return next((each for each in self.guests if each.id == guest_id), None)

    @property
    def promises(self) -> list[tuple[Item, Promise]]:
        return [(item, promise) for item in self.items for promise in item.promises]

    def sat(self, side: Side | None = None) -> Counter[Sex]:
        """Women and men who sat there: of one side, or of all."""
        return Counter(each.sex for each in self.attendees if side in (None, each.side))

    def may_be_missed(self, now: datetime) -> bool:
        """Its hour has come, or everybody who was invited has said that they do not come."""
        refused = [each.reply is Reply.NOT_COMING for each in self.guests]
        return self.starts_at <= now or (bool(refused) and all(refused))

    def spoke(self) -> Counter[Sex]:
        """Women and men who spoke, each once however often they did; of who sits there it is known from that."""
        known = {each.name.casefold(): each.sex for each in self.attendees}
        found: dict[str, Sex] = {}
        for each in (voice for item in self.items for voice in item.voices):
            name = each.name.casefold()
            if found.get(name, Sex.UNDISCLOSED) is Sex.UNDISCLOSED:
                found[name] = known.get(name, each.sex)
        return Counter(found.values())
