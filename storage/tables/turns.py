"""What came in, where each conversation stands, and what goes out."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.tables.meta import Id, Json, Utc, metadata

SELF = "self"  # the channel of what the program tells a person by itself

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(64), nullable=False),
    Column("external_id", String(200), nullable=False),
    Column("address_id", Id, ForeignKey("addresses.id")),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("payload", Text, nullable=False),  # raw, as it came
    Column("received_at", Utc, nullable=False),
    Column("due_at", Utc),  # by the domain's clock; empty: at once
    Column("status", String(8), nullable=False, server_default="new"),  # new done parked ignored
    Column("error", Text),
    UniqueConstraint("channel", "external_id"),
    Index("ix_inbox_waiting", "id", sqlite_where=text("status = 'new'"), postgresql_where=text("status = 'new'")),
    Index("ix_inbox_parked", "id", sqlite_where=text("status = 'parked'"), postgresql_where=text("status = 'parked'")),
    Index("ix_inbox_person_id", "person_id"),
    sqlite_autoincrement=True,
)

runs = Table(
    "runs",
    metadata,
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("conversation", String(48), nullable=False),
    Column("args", Json, nullable=False),
    Column("state", String(10), nullable=False),  # front waiting done cancelled expired
    Column("priority", SmallInteger, nullable=False, server_default="0"),
    Column("trail", Text, nullable=False),  # JSON, read and written by the engine only
    Column("draft", Text),
    Column("pending", String(64)),
    Column("shown", Integer),  # seq of the message that shows the pending question
    Column("started_at", Utc, nullable=False),
    Column("touched_at", Utc, nullable=False),
    Column("warned_at", Utc),
    PrimaryKeyConstraint("person_id", "number"),
    Index(
        "ix_runs_active",
        "person_id",
        sqlite_where=text("state IN ('front', 'waiting')"),
        postgresql_where=text("state IN ('front', 'waiting')"),
    ),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("address_id", Id, ForeignKey("addresses.id"), nullable=False),
    Column("lane", SmallInteger, nullable=False),  # 0 answers, 1 broadcasts and reminders
    Column("kind", String(8), nullable=False),  # message ack
    Column("payload", Text, nullable=False),
    # pending sending sent failed refused replaced, or stream: read by the web chat, never sent
    Column("status", String(8), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("due_at", Utc),
    Column("expires_at", Utc),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("parts", SmallInteger, nullable=False, server_default="0"),  # how many of its parts have arrived
    Column("lease_until", Utc),
    Column("ref", String(128)),  # the channel's own id of what was sent
    Column("error", Text),
    Column("sent_at", Utc),
    Column("delivered_at", Utc),  # on the first of their devices, where the channel says so
    Column("seen_at", Utc),
    UniqueConstraint("person_id", "seq"),
    Index(
        "ix_outbox_waiting",
        "kind",
        "lane",
        "id",
        sqlite_where=text("status IN ('pending', 'sending')"),
        postgresql_where=text("status IN ('pending', 'sending')"),
    ),
    Index(
        "ix_outbox_line",  # who is first in line at an address
        "address_id",
        "lane",
        "seq",
        sqlite_where=text("status IN ('pending', 'sending')"),
        postgresql_where=text("status IN ('pending', 'sending')"),
    ),
    Index("ix_outbox_address_id", "address_id", "seq"),
    sqlite_autoincrement=True,
)

bots = Table(
    "bots",
    metadata,
    Column("channel", String(64), primary_key=True),
    Column("cursor", Id),  # the next update asked for
    Column("tokens", Float),
    Column("paced_at", Utc),
    Column("paused_until", Utc),
    Column("polled_at", Utc),
    Column("error", Text),
)

media = Table(
    "media",
    metadata,
    Column("id", String(32), primary_key=True),  # random: it is also the file's name
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("channel", String(64)),
    Column("ref", Text),
    Column("kind", String(16), nullable=False),
    Column("mime", String(100)),
    Column("name", String(120)),  # what a document is called when it is handed over
    Column("state", String(8), nullable=False),  # waiting ready failed erased
    Column("created_at", Utc, nullable=False),
    Column("sent_refs", Json),  # what a channel called it when it was sent before
)

work = Table(
    "work",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("args", Json, nullable=False),
    Column("status", String(8), nullable=False, server_default="new"),  # new doing done failed
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("lease_until", Utc),
    Column("error", Text),
    Column("created_at", Utc, nullable=False),
    Index(
        "ix_work_waiting",
        "id",
        sqlite_where=text("status IN ('new', 'doing')"),
        postgresql_where=text("status IN ('new', 'doing')"),
    ),
)

sweeps = Table(
    "sweeps",
    metadata,
    Column("name", String(48), primary_key=True),
    Column("done_at", Utc, nullable=False),
)
