"""Plays one run with one message, and turns what it says into messages to send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import structlog

from conversations import refusals, tap
from conversations.chat import Chat
from conversations.contact import Contact
from conversations.message import Button, Incoming, Outgoing, Rows
from conversations.registry import Registry
from conversations.replay import ANSWER, Replay, Stage, Suspended, goes_back
from conversations.run import Run
from conversations.world import World
from domain.refusal import Refused
from locales import _

log = structlog.get_logger()
LONGEST_TOGETHER = 3000  # characters: longer ones are easier to read as messages of their own


@dataclass(slots=True)
class Performance:
    """One run in front of one person; `then` is what it wished to go on with when it ended."""

    registry: Registry
    contact: Contact
    world: World
    then: tuple[str, dict[str, Any]] | None = None

    async def play(self, run: Run, message: Incoming | None = None, note: str | None = None) -> bool:
        """Replays the run; `note` is said before the question. Answers whether the message was taken."""
        meant_for = self._meant_for(run, message)
        spoken = self.contact.person.language
        replay = Replay(Stage(run.trail, run.draft, run.pending), message, meant_for)
        ended = await self._replay(run, replay)
        self._speak(run, replay, note, ended)
        self._note(run, replay, ended)
        self.then = replay.then if ended else None
        if self.contact.person.language != spoken:
            self.contact.change(language=self.contact.person.language)
        return replay.consumed or message is None

    async def _replay(self, run: Run, replay: Replay) -> bool:
        chat = Chat(replay, self.world, self.contact.person, run.number, run.args)
        try:
            await self.registry[run.conversation].play(chat)
        except Suspended:
            return False
        except Refused as refusal:
            replay.says.append(Outgoing(refusals.words(refusal)))
        return True

    def _meant_for(self, run: Run, message: Incoming | None) -> str | None:
        if message is None:
            return None
        if message.result is not None:
            return str(message.result.get("key"))
        pressed = tap.read(message.tap) if message.tap else None
        return pressed.key if pressed else run.pending

    def _speak(self, run: Run, replay: Replay, note: str | None, ended: bool) -> None:
        messages = [Outgoing(note)] if note else []
        messages += replay.says
        if replay.problem:
            messages.append(Outgoing(replay.problem))
        if replay.screen is not None and not ended:
            screen = replay.screen
            rows = (*screen.rows, *self._controls(run, replay))
            if not replay.redrawn and not replay.problem:
                messages += screen.before
            messages.append(Outgoing(screen.text, rows, screen.photo, sheet=screen.sheet, alt=screen.alt))
        messages = together(messages)
        if messages and run.shown is not None and not messages[0].clears:
            if replay.redrawn and len(messages) == 1:
                messages[0].edits = run.shown
            else:
                messages[0].closes, messages[0].answered = run.shown, _answered(replay, run)
        shown = None
        for outgoing in messages:
            shown = self.contact.send(outgoing)
        edited = messages[0].edits if messages else None
        if messages:
            run.shown = edited or (shown if messages[-1].rows else None)

    def _controls(self, run: Run, replay: Replay) -> Rows:
        key = replay.pending or ""
        rows: Rows = ()
        optional = replay.question.optional if replay.question else False
        if optional:
            words = optional if isinstance(optional, str) else _("Skip")
            rows += ((Button(words, tap.data(run.number, key, tap.SKIP)),),)
        last = [Button("✕ " + _("Cancel"), tap.data(run.number, key, tap.CANCEL))]
        if goes_back(replay.draft) or any(entry[0] == ANSWER for entry in replay.trail):
            last.insert(0, Button("← " + _("Back"), tap.data(run.number, key, tap.BACK)))
        return (*rows, tuple(last))

    def _note(self, run: Run, replay: Replay, ended: bool) -> None:
        run.trail, run.draft, run.pending = replay.trail, replay.draft, replay.pending
        run.touched_at, run.warned_at = self.world.now, None
        if ended:
            run.state, run.pending, run.draft = "done", None, None
        elif replay.orphans:
            log.warning("orphans", conversation=run.conversation, keys=replay.orphans)


def _answered(replay: Replay, run: Run) -> str | None:
    return f"✓ {replay.answered}" if replay.answered and replay.consumed and not replay.problem else None


def together(messages: list[Outgoing]) -> list[Outgoing]:
    """Neighbours go as one message where they fit: fewer sounds on the phone, and the question stays in sight."""
    joined: list[Outgoing] = []
    for message in messages:
        last = joined[-1] if joined else None
        apart = message.photo or message.document or message.voice or message.clears or message.removes or message.alone
        full = last is None or last.rows or last.document or last.voice or last.alone
        if last is None or full or apart or _too_long(last, message):
            joined.append(message)
        else:
            last.text = f"{last.text}\n\n{message.text}"
            last.rows, last.sheet = message.rows, message.sheet
    return joined


def _too_long(first: Outgoing, second: Outgoing) -> bool:
    limit = 900 if first.photo else LONGEST_TOGETHER
    return len(first.text) + len(second.text) > limit
