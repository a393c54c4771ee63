"""The office's back door to the source: to look, not to rewrite what the field said."""

from django.contrib import admin

from quotes.models import Anthology, Quote, Section, SourceFile


@admin.register(Anthology)
class AnthologyAdmin(admin.ModelAdmin):
    list_display = ("code", "title", "publisher", "published_on", "is_primary")


@admin.register(SourceFile)
class SourceFileAdmin(admin.ModelAdmin):
    list_display = ("name", "anthology", "media_type", "imported_by", "created_at")
    readonly_fields = ("anthology", "name", "sha256", "media_type", "pages", "file", "imported_by")


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin):
    list_display = ("number", "title", "kind", "anthology", "first_page")
    list_filter = ("anthology", "kind")
    readonly_fields = ("anthology", "number")


@admin.register(Quote)
class QuoteAdmin(admin.ModelAdmin):
    """Text and reference are fixed: corrections are revisions, not overwriting."""

    list_display = ("reference", "section", "page", "state", "confidence")
    list_filter = ("section__kind", "state", "complete")
    search_fields = ("reference", "text")
    list_select_related = ("section",)
    readonly_fields = (
        "anthology", "section", "reference", "reference_number", "text", "page", "position",
        "source_file", "line_start", "line_end", "box", "pull_quote_of", "merged_into",
        "split_from", "returns_from", "fingerprint",
    )  # fmt: skip
