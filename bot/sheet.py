"""Everything that a batch of turns changes, gathered, and written once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.repeats import without_repeats
from conversations.contact import Contact
from conversations.person import Person
from conversations.run import Run
from storage import turns
from storage.inbox import Waiting
from storage.jsontext import dumps, loads

ANSWERS, BROADCASTS = 0, 1
STREAMED = "web"  # kinds of channel whose messages are read, not sent
ACK_LASTS = timedelta(seconds=10)


class Sheet:
    """One batch. A person who wrote twice is one contact: the second message sees what the first changed."""

    def __init__(self, now: datetime, runs: Sequence[turns.Kept]) -> None:
        self.now = now
        self._contacts: dict[int, Contact] = {}
        self._channels: dict[int, str] = {}  # of each address
        self._lanes: dict[int, int] = {}  # of each person
        self._runs: dict[int, list[Run]] = {}
        for row in runs:
            self._runs.setdefault(row.person_id, []).append(_run(row))

    def contact(self, row: Waiting) -> Contact | None:
        """The person of a waiting message; None when we have no address of theirs."""
        if row.address_id is None:
            return None
        contact = self._contacts.get(row.person_id)
        if contact is None:
            contact = self._contacts[row.person_id] = self._new(row, row.address_id)
        contact.address_id = row.address_id
        self._channels[row.address_id] = row.to_channel
        self._lanes[row.person_id] = BROADCASTS if row.channel == "self" else ANSWERS
        return contact

    def _new(self, row: Waiting, address_id: int) -> Contact:
        person = Person(row.person_id, row.language, None, row.village_id, row.to_channel, row.welcomed)
        return Contact(person, address_id, row.seq, row.reminded_at, self._runs.get(row.person_id, []))

    @property
    def addresses(self) -> list[int]:
        return list(self._channels)

    async def write(self, db: AsyncConnection) -> None:
        new_runs: turns.Rows = []
        changed_runs: turns.Rows = []
        messages: turns.Rows = []
        persons: turns.Rows = []
        for person_id, contact in self._contacts.items():
            persons.append({"_person": person_id, "seq": contact.seq, "address_id": contact.address_id})
            messages += self._messages(person_id, contact)
            for run in contact.runs:
                (new_runs if run.new else changed_runs).append(_row(person_id, run))
            if contact.people_changes:
                await turns.change_person(db, person_id=person_id, columns=contact.people_changes)
        await turns.write(db, new_runs=new_runs, changed_runs=changed_runs, messages=messages, persons=persons)

    def _messages(self, person_id: int, contact: Contact) -> turns.Rows:
        streamed = self._channels[contact.address_id].partition(":")[0] == STREAMED
        common = {
            "person_id": person_id,
            "address_id": contact.address_id,
            "lane": self._lanes[person_id],
            "kind": "message",
            "status": "stream" if streamed else "pending",
            "created_at": self.now,
            "expires_at": None,
        }
        said = contact.outgoing if len(contact.outgoing) < 2 else without_repeats(contact.outgoing)
        rows = [{**common, "seq": seq, "payload": dumps(message.to_json())} for seq, message in said]
        if not streamed:
            rows += [_ack(common, seq, callback, text) for seq, callback, text in contact.acks]
        return rows


def _ack(common: dict[str, Any], seq: int, callback: str, text: str | None) -> dict[str, Any]:
    """Ten seconds of real time, which the sender goes by: the domain's clock may stand elsewhere."""
    payload = dumps({"callback": callback, "text": text})
    return {**common, "seq": seq, "kind": "ack", "payload": payload, "expires_at": datetime.now(UTC) + ACK_LASTS}


def _run(row: turns.Kept) -> Run:
    return Run(
        row.number,
        row.conversation,
        row.args,
        row.state,
        row.started_at,
        row.touched_at,
        row.priority,
        loads(row.trail),
        loads(row.draft) if row.draft else None,
        row.pending,
        row.shown,
        row.warned_at,
    )


def _row(person_id: int, run: Run) -> dict[str, Any]:
    row = {
        "state": run.state,
        "trail": dumps(run.trail),
        "draft": None if run.draft is None else dumps(run.draft),
        "pending": run.pending,
        "shown": run.shown,
        "touched_at": run.touched_at,
        "warned_at": run.warned_at,
    }
    if not run.new:
        return {**row, "_person": person_id, "_number": run.number}
    fixed = {"person_id": person_id, "number": run.number, "conversation": run.conversation, "args": run.args}
    return {**row, **fixed, "priority": run.priority, "started_at": run.started_at}
