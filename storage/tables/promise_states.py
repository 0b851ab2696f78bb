"""How each promise stands, reckoned from its events so that the board finds it fast; the ledger stays the truth."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, String, Table, false

from storage.tables.meta import Id, Utc, metadata

promise_states = Table(
    "promise_states",
    metadata,
    Column("promise_id", Id, ForeignKey("promises.id"), primary_key=True, autoincrement=False),
    Column("municipality_id", Id, ForeignKey("municipalities.id"), nullable=False),
    Column("community_id", Id, ForeignKey("communities.id"), nullable=False),
    Column("village_id", Id, ForeignKey("villages.id")),  # empty: for all of the community
    Column("need_id", Id),
    Column("kind", String(16)),  # of the need, where it is for one
    Column("office", String(100), nullable=False),  # that answers for it now
    Column("holder", String(100), nullable=False),  # the name it was made or handed over under
    Column("source", String(16), nullable=False),
    Column("counted", Boolean, nullable=False),  # not a candidate's words, and not split into parts
    Column("status", String(24), nullable=False),
    Column("reason", String(32), nullable=False),
    Column("lot", String(12), nullable=False),  # in which number of the board it is counted: domain.tally.Lot
    Column("doubted", Boolean, nullable=False, server_default=false()),  # a neighbour asks for a new look
    Column("due", Date),  # empty: let go by agreement
    Column("done_on", Date),
    Column("provisional_until", Date),
    Column("checked_on", Date),  # the group's last look; empty: not checked
    Column("next_on", Date),  # the next day of which the public is told
    Column("turns_on", Date, index=True),  # the day on which it stands otherwise though nobody tells anything
    Column("updated_at", Utc, nullable=False, index=True),
    Column(
        "changed_at", Utc, nullable=False, index=True
    ),  # since when everybody reads it so: a day alone changes it too
    Index("ix_promise_states_municipality_id_status", "municipality_id", "status"),
    Index("ix_promise_states_municipality_id_counted", "municipality_id", "counted", "lot"),
    Index("ix_promise_states_municipality_id_promise_id", "municipality_id", "promise_id"),
    Index("ix_promise_states_municipality_id_kind", "municipality_id", "kind"),
    Index("ix_promise_states_municipality_id_office", "municipality_id", "office"),
    Index("ix_promise_states_community_id", "community_id"),
    Index("ix_promise_states_village_id", "village_id"),
)
