"""What the database keeps so that quotes are found at once; it keeps it right by itself.

PostgreSQL: two generated columns beside the text (plain, and its Dutch word stems) with an index
each. SQLite: a full-text table with triggers. Neither is part of Django's models: whoever writes a
quote, by whatever way, need not know of them. Installing is idempotent, and runs after every
migrate: on SQLite a migration that rebuilds the table of quotes drops the triggers with it.
"""

from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

NO_TRIGRAMS = (
    "Searching quotes needs PostgreSQL's extension pg_trgm, which this database user may not "
    "create. Let an administrator of the database run CREATE EXTENSION pg_trgm; in it, and "
    "migrate again."
)
# `text` cannot change its type while these columns stand: drop them first, migrate adds them anew.
POSTGRESQL = (
    r"""
    CREATE OR REPLACE FUNCTION quotes_plain(text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
    $$ SELECT lower(regexp_replace(normalize($1, NFKD), '[\u0300-\u036f]', '', 'g')) $$
    """,
    """
    ALTER TABLE quotes_quote
        ADD COLUMN IF NOT EXISTS search_plain text
            GENERATED ALWAYS AS (quotes_plain(text)) STORED,
        ADD COLUMN IF NOT EXISTS search_words tsvector
            GENERATED ALWAYS AS (to_tsvector('dutch', quotes_plain(text))) STORED
    """,
    """
    CREATE INDEX IF NOT EXISTS quotes_quote_search_plain
    ON quotes_quote USING gin (search_plain gin_trgm_ops) WITH (fastupdate = off)
    """,
    """
    CREATE INDEX IF NOT EXISTS quotes_quote_search_words
    ON quotes_quote USING gin (search_words) WITH (fastupdate = off)
    """,
)
POSTGRESQL_AWAY = (
    "ALTER TABLE quotes_quote DROP COLUMN IF EXISTS search_words",
    "ALTER TABLE quotes_quote DROP COLUMN IF EXISTS search_plain",
    "DROP FUNCTION IF EXISTS quotes_plain(text)",
)
_INSERT = "INSERT INTO quotes_search(rowid, text) VALUES (new.id, new.text);"
_DELETE = (
    "INSERT INTO quotes_search(quotes_search, rowid, text) VALUES ('delete', old.id, old.text);"
)
SQLITE_TABLE = """
    CREATE VIRTUAL TABLE IF NOT EXISTS quotes_search USING fts5(
        text, content='quotes_quote', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='2 3'
    )
"""
SQLITE_TRIGGERS = {
    "quotes_search_insert": f"AFTER INSERT ON quotes_quote BEGIN {_INSERT} END",
    "quotes_search_delete": f"AFTER DELETE ON quotes_quote BEGIN {_DELETE} END",
    "quotes_search_update": (
        f"AFTER UPDATE OF id, text ON quotes_quote BEGIN {_DELETE} {_INSERT} END"
    ),
}


def install(*, using: str) -> None:
    """Create what is missing. Raises ImproperlyConfigured where pg_trgm may not be created."""
    connection = connections[using]
    if "quotes_quote" not in connection.introspection.table_names():
        return
    if connection.vendor == "postgresql":
        _install_trigrams(connection)
        if not _stands(connection):
            _run(connection, POSTGRESQL)
    else:
        _install_full_text(connection)


def remove(*, using: str) -> None:
    """Take it all away again; the extension stays, it may be somebody else's."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        _run(connection, POSTGRESQL_AWAY)
    else:
        away = [f"DROP TRIGGER IF EXISTS {name}" for name in SQLITE_TRIGGERS]
        _run(connection, [*away, "DROP TABLE IF EXISTS quotes_search"])


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...] | list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _install_trigrams(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone():
            return
        try:
            with transaction.atomic(using=connection.alias):
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except ProgrammingError as refused:
            raise ImproperlyConfigured(NO_TRIGRAMS) from refused


def _stands(connection: BaseDatabaseWrapper) -> bool:
    """Whether the columns and indexes are there already: altering would lock the table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_indexes WHERE schemaname = current_schema() "
            "AND indexname IN ('quotes_quote_search_plain', 'quotes_quote_search_words')"
        )
        return cursor.fetchone()[0] == 2


def _install_full_text(connection: BaseDatabaseWrapper) -> None:
    """Triggers that are missing mean that quotes may have been written past them: index anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE 'quotes_search%'")
        known = {name for (name,) in cursor.fetchall()}
        if known >= {"quotes_search", *SQLITE_TRIGGERS}:
            return
        cursor.execute(SQLITE_TABLE)
        for name, body in SQLITE_TRIGGERS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"CREATE TRIGGER {name} {body}")
        cursor.execute("INSERT INTO quotes_search(quotes_search) VALUES ('rebuild')")
