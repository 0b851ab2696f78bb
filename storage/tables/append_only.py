"""Tables that only grow: the database itself refuses to change or delete what stands in them."""

from __future__ import annotations

from sqlalchemy import DDL, Table, event
from sqlalchemy.schema import ExecutableDDLElement

FUNCTION = "mrgvali_only_grows"
ONLY_GROWS = "only_grows"  # what Table.info says of such a table

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} only grows'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION mrgvali_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$
"""
_POSTGRESQL_ROWS = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION mrgvali_only_grows()
"""
_POSTGRESQL_ALL = """
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION mrgvali_only_grows()
"""


def guards(dialect: str, table: str) -> list[str]:
    """The statements that make a table append-only: for models and migrations alike."""
    if dialect == "sqlite":
        return [_SQLITE.format(table=table, verb=verb) for verb in ("update", "delete")]
    return [_POSTGRESQL_FUNCTION, _POSTGRESQL_ROWS.format(table=table), _POSTGRESQL_ALL.format(table=table)]


def only_grows(table: Table) -> Table:
    table.info[ONLY_GROWS] = True
    for dialect in ("sqlite", "postgresql"):
        for statement in guards(dialect, table.name):
            # A percent sign is a placeholder to DDL, and to the database itself it is a letter.
            ddl: ExecutableDDLElement = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))
    return table
