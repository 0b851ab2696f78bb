"""The menu, help, language and offers: screens that belong to no run."""

from __future__ import annotations

from conversations import tap, year_line
from conversations.contact import Contact
from conversations.message import Button, Outgoing, Rows
from conversations.registry import Entry, Registry
from conversations.replay import ANSWER, DO
from conversations.run import Run
from conversations.world import World
from domain import people as rules
from locales import LANGUAGES, _
from storage import roles

# What people come for most stands first, from the need to the promise; what is not named here comes last.
ORDER = (
    "needs_poll",
    "choose",
    "my_answer",
    "my_forms",
    "release_needs",
    "promise_photos",
    "sorting_desk",
    "choosing_desk",
    "weigh_needs",
    "dialogue",
    "mandate_desk",
    "neighbour",
    "neighbour_choice",
    "hear_voice",
    "ask_again",
    "flagged",
    "meeting_desk",
    "meeting_change",
    "meeting_write",
    "promise_check",
    "marker_answer",
    "table_received",
    "promise_report",
    "promises",
    "chosen_list",
    "assembly",
    "meeting_answers",
    "where_we_are",
    "representatives",
    "promise_record",
    "my_trainings",
    "brief",
    "grants",
    "hide",
    "polls_desk",
    "form_numbers",
    "forms_desk",
    "training_desk",
    "groups_desk",
    "confirm_official",
    "places_desk",
    "minutes_received",
    "minutes_amend",
    "minutes_desk",
    "meeting_prepare",
    "budget_look",
    "marker",
    "gender_table",
    "budget_desk",
    "assembly_desk",
    "grant_calls",
    "grants_by_need",
    "law",
    "letter",
    "codes_desk",
    "deed",
    "own_step",
    "promise_rules",
    "offices_desk",
    "board_follow",
    "another_person",
    "slip",
    "wall_sheet",
    "other_phone",
)
SELDOM = ORDER[
    ORDER.index("meeting_prepare") :
]  # behind one button, for whom the menu would be too long to be read at a glance
FITS = 9
UNFINISHED = 8  # the newest: a menu of hundreds of buttons is one that no channel shows


async def menu(registry: Registry, contact: Contact, world: World, note: str | None = None) -> Outgoing:
    """Their own next step in the year, what is unfinished, then what this person may begin."""
    begun = [run for run in contact.runs if run.active and not registry[run.conversation].browsing]
    begun = [run for run in begun if not untouched(registry, run)]
    open_ = [run for run in begun[-UNFINISHED:] if await stands(registry, contact, world, run)]
    titles = {registry[run.conversation].title() for run in open_}
    # What is unfinished is there already, to be gone on with.
    offered = [each for each in await _offered(registry, contact, world) if each.title() not in titles]
    line = await year_line.line(world, contact.person) if contact.person.welcomed else None
    own = [each for each in offered if line and each.name == line.conversation]
    others = [each for each in offered if each not in own]
    shown = others if len(offered) <= FITS else [each for each in others if each.name not in SELDOM]
    more = ((Button("⋯ " + _("More"), tap.data(tap.SYSTEM, "more", "")),),) if len(shown) < len(others) else ()
    rows: Rows = (*map(_start, own), *[(await _go(registry, world, run),) for run in open_], *map(_start, shown), *more)
    language = Button("🌐 " + _("Language"), tap.data(tap.SYSTEM, "language", ""))
    help_ = Button("? " + _("Help"), tap.data(tap.SYSTEM, "help", ""))
    said = (note, line.words if line else None, _("What would you like to do?"))
    return Outgoing("\n\n".join(filter(None, said)), (*rows, (language, help_)))


async def more(registry: Registry, contact: Contact, world: World) -> Outgoing:
    """What a long menu leaves out."""
    seldom = [each for each in await _offered(registry, contact, world) if each.name in SELDOM]
    back = Button("← " + _("Back"), tap.data(tap.SYSTEM, "menu", ""))
    return Outgoing(_("What would you like to do?"), (*map(_start, seldom), (back,)))


def untouched(registry: Registry, run: Run) -> bool:
    """Opened from the menu and left before anything was said: nothing is unfinished, and nobody has asked them."""
    said = any(kind in (ANSWER, DO) for kind, *_rest in run.trail)
    return registry[run.conversation].in_menu and not run.args and not said


async def stands(registry: Registry, contact: Contact, world: World, run: Run) -> bool:
    """Whether what was asked is still true."""
    still = registry[run.conversation].still
    return still is None or await still(await world.open(), contact.person, run.args, world.now)


async def _offered(registry: Registry, contact: Contact, world: World) -> list[Entry]:
    db = await world.open()
    held = await roles.held(db, person_id=contact.person.id)
    offered = []
    for entry in sorted(registry.menu(), key=_place):
        allowed = entry.action is None or rules.may(held, entry.action)
        welcome = contact.person.welcomed or not entry.needs_welcome
        if allowed and welcome and (entry.offered is None or await entry.offered(db, contact.person)):
            offered.append(entry)
    return offered


def _place(entry: Entry) -> int:
    return ORDER.index(entry.name) if entry.name in ORDER else len(ORDER)


def _start(entry: Entry) -> tuple[Button, ...]:
    return (Button(entry.title(), tap.data(tap.SYSTEM, "start", entry.name)),)


async def _title(registry: Registry, world: World, run: Run) -> str:
    entry = registry[run.conversation]
    return entry.title() if entry.about is None else await entry.about(await world.open(), run.args)


async def _go(registry: Registry, world: World, run: Run) -> Button:
    title = await _title(registry, world, run)
    return Button("▶ " + _("Go on: {title}").format(title=title), tap.data(tap.SYSTEM, "go", run.number))


def help_(registry: Registry, contact: Contact) -> Outgoing:
    text = _(
        "I ask what your village needs, your group and the officials agree what is urgent, "
        "and I tell you what came of it.\n\n"
        "Press the buttons under a question, or write.\n"
        "/menu – everything there is\n"
        "/back – one question back\n"
        "/cancel – stop this conversation\n"
        "/language – another language\n"
        "/mydata – what we keep about you\n"
        "/forget – erase me"
    )
    return Outgoing(text)


def languages() -> Outgoing:
    rows = tuple((Button(name, tap.data(tap.SYSTEM, "speak", code)),) for code, name in LANGUAGES.items())
    return Outgoing(_("Which language shall we speak?"), rows)


async def offer(registry: Registry, world: World, run: Run) -> Outgoing:
    """Something else waits; it is offered and never mixed in."""
    title = await _title(registry, world, run)
    begin = Button("▶ " + _("Yes, now"), tap.data(tap.SYSTEM, "go", run.number))
    later = Button(_("Later"), tap.data(tap.SYSTEM, "later", run.number))
    text = (
        _("Shall we go on with “{title}”?")
        if any(kind == ANSWER for kind, _key, _value in run.trail)
        else _("There is something for you: “{title}”. Shall we begin?")
    )
    return Outgoing(text.format(title=title), ((begin,), (later,)))


async def nudge(registry: Registry, world: World, run: Run) -> Outgoing:
    title = await _title(registry, world, run)
    go = Button("▶ " + _("Yes, go on"), tap.data(tap.SYSTEM, "go", run.number))
    stop = Button(_("No, let us stop here"), tap.data(run.number, "", tap.CANCEL))
    text = _("You did not finish “{title}”. Shall we go on? Your answers are still here.")
    return Outgoing(text.format(title=title), ((go,), (stop,)))
