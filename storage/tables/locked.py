"""What locked minutes rest on: the database itself refuses to add to it, to change it or to take from it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import DDL, Table, event
from sqlalchemy.schema import ExecutableDDLElement

CLOSED = "closed"  # what Table.info says of such a table: its column of the meeting, and what is held there

_SQLITE = """
CREATE TRIGGER {table}_locked_{verb} BEFORE {what} ON {table}
WHEN EXISTS (SELECT 1 FROM minutes_versions v WHERE v.phase = 'locked' AND v.meeting_id IN ({rows}))
BEGIN SELECT RAISE(ABORT, '{table}: the minutes are locked'); END
"""
# A condition of a trigger may not look into another table here, so the function looks.
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION mrgvali_locked() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
IF EXISTS (
    SELECT 1 FROM minutes_versions v WHERE v.phase = 'locked' AND v.meeting_id IN (
        CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE (to_jsonb(OLD) ->> TG_ARGV[0])::bigint END,
        CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE (to_jsonb(NEW) ->> TG_ARGV[0])::bigint END
    )
) THEN RAISE EXCEPTION '%: the minutes are locked', TG_TABLE_NAME; END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW;
END $$
"""
_POSTGRESQL = """
CREATE TRIGGER {table}_locked_{verb} BEFORE {what} ON {table}
FOR EACH ROW EXECUTE FUNCTION mrgvali_locked('{column}')
"""
_ROWS = {"insert": "NEW.{column}", "update": "OLD.{column}, NEW.{column}", "delete": "OLD.{column}"}


def locks(dialect: str, table: str, column: str, changing: Sequence[str] = ()) -> list[str]:
    """The statements for one table, whose `column` is the meeting: for models and migrations alike.

    `changing`: only these columns are held against a change; a person who is forgotten leaves the others.
    """
    pattern = _SQLITE if dialect == "sqlite" else _POSTGRESQL
    found = [] if dialect == "sqlite" else [_POSTGRESQL_FUNCTION]
    for verb, rows in _ROWS.items():
        what = f"UPDATE OF {', '.join(changing)}" if verb == "update" and changing else verb.upper()
        found.append(pattern.format(table=table, verb=verb, what=what, column=column, rows=rows.format(column=column)))
    return found


def unlocks(dialect: str, table: str) -> list[str]:
    """Takes these triggers away again, before a migration drops what they look into."""
    on = "" if dialect == "sqlite" else f" ON {table}"
    return [f"DROP TRIGGER {table}_locked_{verb}{on}" for verb in _ROWS]


def closes(table: Table, column: str = "meeting_id", changing: Sequence[str] = ()) -> Table:
    table.info[CLOSED] = (column, changing)
    for dialect in ("sqlite", "postgresql"):
        for statement in locks(dialect, table.name, column, changing):
            # A percent sign is a placeholder to DDL, and to the database itself it is a letter.
            ddl: ExecutableDDLElement = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))
    return table
