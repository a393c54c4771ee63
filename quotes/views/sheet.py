"""The picture of a sheet of a PDF, for whoever is signed in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from quotes.models import SourceFile
from quotes.sources import PDF, SheetUnavailable, sheet_picture
from tracker.shared.views import SignedInMixin

A_DAY = 60 * 60 * 24


class SheetPicture(SignedInMixin, View):
    """A PNG; the page 'not found' for what is no PDF, has no such sheet, or cannot be drawn."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int, sheet: int, **kwargs: Any) -> HttpResponse:
        source = SourceFile.objects.filter(pk=pk, media_type=PDF).first()
        if source is None:
            raise Http404(_("There is no such source."))
        try:
            picture = sheet_picture(source, sheet)
        except SheetUnavailable as error:
            raise Http404(_("This sheet cannot be shown.")) from error
        response = HttpResponse(picture, content_type="image/png")
        # The same file has the same sheets for ever; only for who may see it.
        response["Cache-Control"] = f"private, max-age={A_DAY}, immutable"
        return response
