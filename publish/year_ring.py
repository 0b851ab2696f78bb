"""A community's year as a ring of eight segments: by colour and by shape, so that nobody needs to see colours."""

from __future__ import annotations

import math

from markupsafe import Markup

from domain.year import Standing, State, Year
from locales import _
from publish import paper, year_words

# From the earth of the village to the green of a kept promise, and round again.
COLOURS = ("#7c2d3e", "#97412f", "#b5602a", "#cd8a2c", "#a8903a", "#7c8a3f", "#56793f", "#2f6547")
AHEAD, LATE, INSIDE = "#e3d4bf", "#a8660b", "#fffdf9"
RADIUS, WIDTH, GAP = 41.0, 13.0, 19.0  # the gap holds both round ends
EIGHTH = 45.0  # degrees


def svg(year: Year, title: str) -> Markup:
    arcs = Markup("").join(_segment(number, standing) for number, standing in enumerate(year.steps))
    return Markup(
        '<svg class="ring" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" role="img" aria-label="{}">{}</svg>'
    ).format(title, arcs)


def sign() -> Markup:
    """The ring as the sign of Mrgvali, every step in its colour."""
    arcs = (_arc(number * EIGHTH - 90 + GAP / 2, EIGHTH - GAP, colour, 10) for number, colour in enumerate(COLOURS))
    return Markup('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{}</svg>').format(
        Markup("").join(arcs)
    )


def png(year: Year, community: str) -> bytes:
    """For a chat, as wide as a phone: the ring, and a line for each step."""
    data = {
        "title": community,
        "year": str(year.number),
        "now": year_words.for_everybody(year),
        "steps": [_line(number, standing) for number, standing in enumerate(year.steps)],
    }
    signs = {f"sign-{number}.svg": _sign(number, each) for number, each in enumerate(year.steps)}
    return paper.png("year_ring", data, images={"ring.svg": svg(year, community).encode(), **signs})


def _line(number: int, standing: Standing) -> dict[str, str]:
    name, how = year_words.step(standing.step), year_words.state(standing)
    return {"name": name, "state": how, "is": standing.state, "sign": f"sign-{number}.svg"}


def _segment(number: int, standing: Standing) -> Markup:
    start = number * EIGHTH - 90 + GAP / 2
    said = _("{step}: {state}").format(step=year_words.step(standing.step), state=year_words.state(standing))
    shape = _shape(standing.state, COLOURS[number], start)
    mark = _mark(standing.state, start + (EIGHTH - GAP) / 2)
    return Markup('<g class="is-{}"><title>{}</title>{}{}</g>').format(standing.state, said, shape, mark)


def _shape(state: State, colour: str, start: float) -> Markup:
    """Full, half full, an outline, or pale."""
    whole = EIGHTH - GAP
    match state:
        case State.DONE:
            return _arc(start, whole, colour, WIDTH)
        case State.UNDER_WAY:
            inside = _arc(start, whole, INSIDE, WIDTH - 3)
            return _arc(start, whole, colour, WIDTH) + inside + _arc(start, whole / 2, colour, WIDTH)
        case State.NEXT | State.LATE:
            edge = LATE if state is State.LATE else colour
            return _arc(start, whole, edge, WIDTH) + _arc(start, whole, INSIDE, WIDTH - 3)
    return _arc(start, whole, AHEAD, WIDTH - 6)


def _arc(start: float, degrees: float, colour: str, width: float) -> Markup:
    (x1, y1), (x2, y2) = _point(start), _point(start + degrees)
    return Markup(
        '<path d="M{:.2f} {:.2f}A{r} {r} 0 0 1 {:.2f} {:.2f}" fill="none" stroke="{}" stroke-width="{:g}" '
        'stroke-linecap="round"/>'
    ).format(x1, y1, x2, y2, colour, width, r=RADIUS)


MARKS = {
    State.DONE: ("M-3 .2L-.8 2.400L3.200 -2.200", "#ffffff"),
    State.NEXT: ("M-2 0H2M.2 -2L2.400 0L.2 2", "#33251f"),
    State.LATE: ("M0 -2.800V.6M0 2.700V2.800", LATE),
    State.PASSED: ("M-2 0H2", "#735f55"),
}


def _mark(state: State, at: float) -> Markup:
    """Upright, whatever the place in the ring."""
    if state not in MARKS:
        return Markup("")
    (x, y), (path, colour) = _point(at), MARKS[state]
    return Markup(
        '<path transform="translate({:.2f} {:.2f})" d="{}" fill="none" stroke="{}" stroke-width="1.5" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    ).format(x, y, path, colour)


def _sign(number: int, standing: Standing) -> bytes:
    """The same for one line of the list: a round of the same colour and mark."""
    state, colour = standing.state, COLOURS[number]
    edge = {State.LATE: LATE, State.AHEAD: AHEAD, State.PASSED: AHEAD}.get(state, colour)
    inside = INSIDE if state in (State.NEXT, State.LATE, State.UNDER_WAY) else edge
    half = HALF.format(edge) if state is State.UNDER_WAY else Markup("")
    path, mark = MARKS.get(state, ("", INSIDE))
    return SIGN.format(inside, edge, half, path, mark).encode()


HALF = Markup('<path d="M0 -5A5 5 0 0 0 0 5Z" fill="{}"/>')
SIGN = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-6 -6 12 12"><circle r="5" fill="{}" stroke="{}" '
    'stroke-width="1.300"/>{}<path d="{}" fill="none" stroke="{}" stroke-width="1.5" stroke-linecap="round" '
    'stroke-linejoin="round"/></svg>'
)


def _point(degrees: float) -> tuple[float, float]:
    angle = math.radians(degrees)
    return 50 + RADIUS * math.cos(angle), 50 + RADIUS * math.sin(angle)
