"""Plays everything there is to play, sends nothing: for the demo, `play`, and whoever moves the clock."""

from __future__ import annotations

from bot.turn import Worker
from bot.workshop import Workshop


async def drain(worker: Worker, workshop: Workshop) -> None:
    """Work may bring messages, and messages work: until neither is left."""
    while True:
        played = await worker.drain()
        worked = await workshop.once()
        if not played and not worked:
            return
