"""A link as a QR picture: to print on a door, or to forward in a chat."""

from __future__ import annotations

from io import BytesIO

import segno

SCALE = 12  # pixels a square: large enough to print, small enough to send


def svg(link: str) -> bytes:
    """For paper, where it stays sharp at any size; without a margin, which the paper has."""
    out = BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="svg", border=0, dark="#33251f", omitsize=True)
    return out.getvalue()


def png(link: str) -> bytes:
    out = BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="png", scale=SCALE, border=4)
    return out.getvalue()
