"""The triggers behind append-only tables, per database vendor.

A trigger holds against the ORM, the admin, SQL by hand and a mistaken migration alike. The only
way around it is `triggers_lifted`, used by `flush` (which test cases and `demo --reset` call).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from tracker.shared.models import AppendOnlyModel

FUNCTION = "spoor_append_only"
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only table %: rows are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def append_only_models() -> list[type[AppendOnlyModel]]:
    """Every concrete model whose rows may only be added."""
    return [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]


def install_triggers(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Create the triggers of every append-only table that exists; running it again is harmless."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for model in append_only_models():
            if model._meta.db_table in tables:
                for statement in _create(connection, model):
                    cursor.execute(statement)


def remove_triggers(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Drop the triggers. Only for `triggers_lifted`."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in append_only_models():
            if model._meta.db_table in tables:
                for statement in _drop(connection, model):
                    cursor.execute(statement)


@contextmanager
def triggers_lifted(*, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Inside this block append-only tables can be emptied; afterwards the triggers stand again."""
    remove_triggers(using=using)
    try:
        yield
    finally:
        install_triggers(using=using)


def _names(model: type[AppendOnlyModel]) -> tuple[str, str]:
    return f"{model._meta.db_table}_no_update", f"{model._meta.db_table}_no_delete"


def _drop(connection: BaseDatabaseWrapper, model: type[AppendOnlyModel]) -> list[str]:
    quote = connection.ops.quote_name
    suffix = f" ON {quote(model._meta.db_table)}" if connection.vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {quote(name)}{suffix}" for name in _names(model)]


def _create(connection: BaseDatabaseWrapper, model: type[AppendOnlyModel]) -> list[str]:
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    update, delete = (quote(name) for name in _names(model))
    if connection.vendor == "postgresql":
        action = f"EXECUTE FUNCTION {FUNCTION}()"
    else:
        message = f"append-only table {model._meta.db_table}: rows are never changed or deleted"
        action = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    unless = _unless_erasing(connection, model)
    return [
        *_drop(connection, model),
        f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} FOR EACH ROW {unless} {action}",
        f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} FOR EACH ROW {action}",
    ]


def _unless_erasing(connection: BaseDatabaseWrapper, model: type[AppendOnlyModel]) -> str:
    """A WHEN clause that lets an update pass which does nothing but empty an erasable column."""
    if not model.erasable_fields:
        return ""
    quote = connection.ops.quote_name
    same = "IS NOT DISTINCT FROM" if connection.vendor == "postgresql" else "IS"
    parts = []
    for field in model._meta.local_concrete_fields:
        column = quote(str(field.column))
        kept = f"NEW.{column} {same} OLD.{column}"
        erased = f"({kept} OR NEW.{column} = '')"
        parts.append(erased if field.name in model.erasable_fields else kept)
    return f"WHEN (NOT ({' AND '.join(parts)}))"
