"""The sign of Mrgvali: a ring of eight steps, drawn as SVG."""

from __future__ import annotations

import math

from markupsafe import Markup, escape

# From the earth of the village to the green of a kept promise, and round again.
COLOURS = ("#7c2d3e", "#97412f", "#b5602a", "#cd8a2c", "#a8903a", "#7c8a3f", "#56793f", "#2f6547")
RADIUS, WIDTH, GAP = 42.0, 10.0, 20.0  # the gap holds both round ends


def ring(steps: list[str], title: str) -> Markup:
    arcs = Markup("").join(_arc(number, step) for number, step in enumerate(steps))
    return Markup('<svg class="ring" viewBox="0 0 100 100" role="img" aria-label="{}">{}</svg>').format(title, arcs)


def _arc(number: int, step: str) -> Markup:
    start = number * 45 - 90 + GAP / 2
    (x1, y1), (x2, y2) = _point(start), _point(start + 45 - GAP)
    return Markup(
        '<path d="M{:.2f} {:.2f}A{r} {r} 0 0 1 {:.2f} {:.2f}" fill="none" stroke="{}" stroke-width="{w}" '
        'stroke-linecap="round"><title>{}</title></path>'
    ).format(x1, y1, x2, y2, COLOURS[number], escape(step), r=RADIUS, w=WIDTH)


def _point(degrees: float) -> tuple[float, float]:
    angle = math.radians(degrees)
    return 50 + RADIUS * math.cos(angle), 50 + RADIUS * math.sin(angle)
