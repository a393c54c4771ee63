"""Finding quotes by what they say, in the way of each database.

The words only ever travel as parameters; the columns and the table that are named here are kept
by quotes.search_index, beside the models.
"""

from collections.abc import Iterable
from typing import Self

from django.db import connections
from django.db.models import FloatField, Q, Value
from django.db.models.expressions import RawSQL

from quotes.searching import Sought, SoughtReference, sought, stem
from tracker.shared.access import ScopedQuerySet

Sql = tuple[str, list[str]]


class SearchQuerySet(ScopedQuerySet):
    """A queryset of quotes that can be searched."""

    def search(self, typed: str) -> Self:
        """The quotes in which everything that was typed occurs, the most fitting first.

        A reference typed in full finds that quote, its beginning all that begin so. PostgreSQL
        finds words by their Dutch stem and inside longer words, and forgives a typing mistake
        where nothing is found otherwise; SQLite finds words by their beginning, without the
        commonest endings, and inside longer words. `relevance` is annotated.
        """
        terms = sought(typed)
        if not terms:
            return self.none()
        found = self
        for reference in terms.references:
            found = found.filter(_referred(reference))
        ways = _postgresql if connections[self.db].vendor == "postgresql" else _sqlite
        relevance: RawSQL | Value = Value(0.0, output_field=FloatField())
        if terms.terms or terms.excluded:
            hits, rank = ways(terms)
            found = found.filter(pk__in=RawSQL(*hits))
            if rank:
                relevance = RawSQL(*rank, output_field=FloatField())
        return found.annotate(relevance=relevance).order_by(
            "-relevance",
            "-anthology__is_primary",
            "anthology",
            "section__order",
            "reference_number",
            "pk",
        )


def _referred(reference: SoughtReference) -> Q:
    how = "reference" if reference.whole else "reference__startswith"
    named = Q(anthology__code=reference.code) if reference.code else Q()
    return named & Q(**{how: reference.bare})


def _like(term: str) -> str:
    escaped = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _all(conditions: Iterable[Sql]) -> Sql:
    """Conditions joined by AND; TRUE when there is none."""
    parts = list(conditions)
    sql = " AND ".join(part for part, _given in parts) or "TRUE"
    return f"({sql})", [one for _part, given in parts for one in given]


def _postgresql(terms: Sought) -> tuple[Sql, Sql | None]:
    """Stems or parts of words; only where nothing says that, words that are nearly the same."""
    without = [
        ("NOT search_words @@ plainto_tsquery('dutch', %s)", [term]) for term in terms.excluded
    ]
    if not terms.terms:
        condition, given = _all(without)
        return (f"SELECT id FROM quotes_quote WHERE {condition}", given), None
    query = " ".join([*terms.words, *(f'"{phrase}"' for phrase in terms.phrases)])
    stems = "search_words @@ websearch_to_tsquery('dutch', %s)"
    inside, parts = _all(("search_plain LIKE %s", [_like(term)]) for term in terms.inside)
    exact, exactly = _all([(f"({stems} OR {inside})", [query, *parts]), *without])
    near, nearly = _all([*(("%s <%% search_plain", [term]) for term in terms.inside), *without])
    hits = (
        f"WITH exact AS MATERIALIZED (SELECT id FROM quotes_quote WHERE {exact}) "
        f"SELECT id FROM exact UNION ALL SELECT id FROM quotes_quote "
        f"WHERE NOT EXISTS (SELECT 1 FROM exact) AND {near}"
    )
    found = f"quotes_quote.{stems}"
    rank = (
        f"CASE WHEN {found} THEN 2 + ts_rank(quotes_quote.search_words, "
        f"websearch_to_tsquery('dutch', %s)) "
        f"WHEN {inside.replace('search_plain', 'quotes_quote.search_plain')} THEN 1 "
        f"ELSE word_similarity(%s, quotes_quote.search_plain) END"
    )
    return (hits, [*exactly, *nearly]), (rank, [query, query, *parts, " ".join(terms.terms)])


def _sqlite(terms: Sought) -> tuple[Sql, Sql | None]:
    """Beginnings of words by the full-text table, parts of words by looking through the quotes."""
    without = [("text NOT LIKE %s ESCAPE '\\'", [_like(term)]) for term in terms.excluded]
    if not terms.terms:
        condition, given = _all(without)
        return (f"SELECT id FROM quotes_quote WHERE {condition}", given), None
    inside = [("text LIKE %s ESCAPE '\\'", [_like(term)]) for term in terms.inside]
    parted, parts = _all([*inside, *without])
    hits = f"SELECT id FROM quotes_quote WHERE {parted}"
    words = [f'"{stem(word)}"*' for word in map(_bare, terms.words) if _has_word(word)]
    words += [f'"{phrase}"' for phrase in map(_bare, terms.phrases) if _has_word(phrase)]
    if not words:
        return (hits, parts), None
    query = " AND ".join(words)
    kept, given = _all(without)
    by_word = "SELECT rowid FROM quotes_search WHERE quotes_search MATCH %s"
    hits += f" UNION SELECT id FROM quotes_quote WHERE id IN ({by_word}) AND {kept}"
    rank = (
        "COALESCE(-(SELECT rank FROM quotes_search "
        "WHERE quotes_search MATCH %s AND rowid = quotes_quote.id), 0)"
    )
    return (hits, [*parts, query, *given]), (rank, [query])


def _bare(term: str) -> str:
    """A term that can stand between the full-text table's own quotation marks."""
    return term.replace('"', " ")


def _has_word(term: str) -> bool:
    return any(character.isalnum() for character in term)
