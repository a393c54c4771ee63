"""The search over quotes: see quotes.search_index, which also mends it after every migrate."""

from django.db import migrations

from quotes import search_index


def install(apps, schema_editor):
    search_index.install(using=schema_editor.connection.alias)


def remove(apps, schema_editor):
    search_index.remove(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("quotes", "0002_importing_and_review")]

    operations = [migrations.RunPython(install, remove)]
