"""What every deed about a quote does first: hold the quote, and see that it can be answered."""

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from quotes.models import Quote


def lock_quote(quote: Quote) -> Quote:
    """Hold the quote until the transaction ends, so that linking and setting aside take turns."""
    return Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)


def lock_answerable(quote: Quote) -> None:
    lock_quote(quote)
    if not Quote.objects.ambitions().filter(pk=quote.pk).exists():
        raise ValidationError(
            _("Only ambitions that count can be answered: this is another kind of quote, a pull "
              "quote, or it was withdrawn.")
        )  # fmt: skip


def clean_row(row: Model) -> None:
    """Check the row's own rules and uniqueness; what the form did not ask is not its concern."""
    row.full_clean(exclude=[field.name for field in row._meta.fields if field.name.endswith("_by")])
