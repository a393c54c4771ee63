"""What can be done to a quote after it was read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Deed(models.TextChoices):
    """What somebody (or an import) did to a quote."""

    ACCEPTED = "accepted", _("accepted as it stands")
    EDITED = "edited", _("edited")
    SPLIT = "split", _("split")
    JOINED = "joined", _("joined into one")
    MOVED = "moved", _("moved to another section")
    PULL_QUOTE = "pull_quote", _("marked as a pull quote")
    WITHDRAWN = "withdrawn", _("withdrawn: not a quote")
    RESTORED = "restored", _("restored")
    RETURNED = "returned", _("recognised from an earlier edition")
    REREAD = "reread", _("read anew from a file")
    UNDONE = "undone", _("undone")


# Once somebody did one of these, what stands there is that person's work and no import's.
CORRECTIONS = (
    Deed.EDITED,
    Deed.SPLIT,
    Deed.JOINED,
    Deed.MOVED,
    Deed.PULL_QUOTE,
    Deed.WITHDRAWN,
    Deed.RESTORED,
)
