"""Everything that a batch of turns changes, gathered, and written once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.repeats import without_repeats
from conversations.contact import Address, Contact
from conversations.person import Person
from conversations.run import Run
from storage import screen, turns
from storage.jsontext import dumps, loads
from storage.queue import Waiting
from storage.tables.turns import SELF

ANSWERS, BROADCASTS = 0, 1
STREAMED = "web"  # kinds of channel whose messages are read, not sent
ACK_LASTS = timedelta(seconds=10)


class Sheet:
    """One batch. A person who wrote twice is one contact: the second message sees what the first changed."""

    def __init__(self, now: datetime, runs: Sequence[turns.Kept]) -> None:
        self.now = now
        self._contacts: dict[int, Contact] = {}
        self._addresses: set[int] = set()
        self._runs: dict[int, list[Run]] = {}
        for row in runs:
            self._runs.setdefault(row.person_id, []).append(_run(row))

    def contact(self, row: Waiting) -> Contact | None:
        """The person of a waiting message; None when we have no address of theirs."""
        if row.address_id is None:
            return None
        ours = row.channel == SELF
        address = Address(row.address_id, row.to_channel, BROADCASTS if ours else ANSWERS)
        contact = self._contacts.get(row.person_id)
        if contact is None:
            contact = self._contacts[row.person_id] = self._new(row, address)
        contact.address, contact.person.channel = address, row.to_channel
        if not ours:
            contact.last_address_id = row.address_id
        self._addresses.add(row.address_id)
        return contact

    def _new(self, row: Waiting, address: Address) -> Contact:
        person = Person(row.person_id, row.language, None, row.village_id, row.to_channel, row.welcomed)
        last = row.last_address_id or address.address_id
        return Contact(person, address, last, row.seq, row.reminded_at, self._runs.get(row.person_id, []))

    @property
    def addresses(self) -> list[int]:
        return list(self._addresses)

    async def write(self, db: AsyncConnection) -> None:
        new_runs: turns.Rows = []
        changed_runs: turns.Rows = []
        messages: turns.Rows = []
        persons: turns.Rows = []
        for person_id, contact in self._contacts.items():
            persons.append({"_person": person_id, "seq": contact.seq, "address_id": contact.last_address_id})
            messages += self._messages(person_id, contact)
            for seq, address in ((seq, address) for seq, message, address in contact.outgoing if message.clears):
                await screen.hide(db, address_id=address.address_id, to=seq - 1)
            for run in contact.runs:
                (new_runs if run.new else changed_runs).append(_row(person_id, run))
            if contact.people_changes:
                await turns.change_person(db, person_id=person_id, columns=contact.people_changes)
        await turns.write(db, new_runs=new_runs, changed_runs=changed_runs, messages=messages, persons=persons)

    def _messages(self, person_id: int, contact: Contact) -> turns.Rows:
        said = contact.outgoing if len(contact.outgoing) < 2 else without_repeats(contact.outgoing)
        rows = [
            {**self._common(person_id, address), "seq": seq, "payload": dumps(message.to_json())}
            for seq, message, address in said
        ]
        return rows + [
            _ack(self._common(person_id, address), seq, callback, text, url)
            for seq, callback, text, url, address in contact.acks
            if not _streamed(address)
        ]

    def _common(self, person_id: int, address: Address) -> dict[str, Any]:
        return {
            "person_id": person_id,
            "address_id": address.address_id,
            "lane": address.lane,
            "kind": "message",
            "status": "stream" if _streamed(address) else "pending",
            "created_at": self.now,
            "expires_at": None,
        }


def _streamed(address: Address) -> bool:
    return address.channel.partition(":")[0] == STREAMED


def _ack(common: dict[str, Any], seq: int, callback: str, text: str | None, url: str | None) -> dict[str, Any]:
    """Ten seconds of real time, which the sender goes by: the domain's clock may stand elsewhere."""
    payload = dumps({"callback": callback, "text": text, **({"url": url} if url else {})})
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
