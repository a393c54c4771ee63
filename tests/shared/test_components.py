"""The components: each says its word, keeps its drawing silent, refuses what it knows not."""

import datetime
import itertools
import re
from pathlib import Path
from typing import Any

import django_tables2 as tables
import pytest
from django import forms
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.shared.templatetags import charting, drawing
from tracker.shared.templatetags.markup import light_html, rail_html

LIGHTS = {
    "on_track": "on track",
    "at_risk": "at risk",
    "off_track": "off track",
    "not_rated": "not rated",
}
STATES = {
    "uncovered": "open",
    "linked": "linked",
    "owned": "owned",
    "measured": "measured",
    "reported": "reported",
    "set_aside": "set aside",
    "duplicate": "duplicate",
}


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


def render(source: str, request: HttpRequest | None = None, **context: Any) -> str:
    if request:
        context["request"] = request
    return Template(source).render(Context(context))


def words(html: str) -> str:
    """What is read: the text, without drawings."""
    shown = re.sub(r"<text\b.*?</text>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())


class AnswerForm(forms.Form):
    light = forms.ChoiceField(
        label="Which light?",
        widget=forms.RadioSelect,
        choices=[("on_track", "On track"), ("at_risk", "At risk")],
    )
    light.choice_hints = {"at_risk": "It may go wrong"}  # type: ignore[attr-defined]
    cause = forms.CharField(label="Cause", help_text="Why is that?", widget=forms.Textarea)
    due = forms.DateField(label="When?", required=False)
    section = forms.ChoiceField(label="Section", choices=[("", "All")], required=False)
    same = forms.BooleanField(label="Nothing changed", required=False)

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("The whole does not fit together")


@pytest.mark.parametrize(("value", "word"), LIGHTS.items())
def test_a_light_is_a_shape_and_a_word(value: str, word: str) -> None:
    html = render("{% light value %}", value=value)
    assert words(html) == word
    assert html.count("<svg") == html.count('aria-hidden="true"') == 1


def test_the_four_lights_differ_in_outline_so_that_grey_print_tells_them_apart() -> None:
    shapes = {re.search(r"<(circle|path)[^>]*>", render("{% shape v %}", v=v))[0] for v in LIGHTS}  # type: ignore[index]
    assert len(shapes) == 4


@pytest.mark.parametrize("tag", ["light", "delivery"])
def test_nothing_known_yet_is_a_dash(tag: str) -> None:
    assert words(render(f"{{% {tag} value %}}", value=None)) == "–"


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("not_started", "not started"),
        ("running", "running"),
        ("completed", "completed"),
        ("stopped", "stopped"),
    ],
)
def test_a_delivery_state_is_its_word(value: str, word: str) -> None:
    assert words(render("{% delivery value %}", value=value)) == word


@pytest.mark.parametrize(("state", "word"), STATES.items())
def test_a_rail_stands_beside_its_word(state: str, word: str) -> None:
    html = render("{% rail state %}", state=state)
    assert words(html) == word
    assert 'aria-hidden="true"' in html


def test_a_rail_can_say_more_than_its_station() -> None:
    assert words(render('{% rail "linked" "2 of 3 linked" %}')) == "2 of 3 linked"


def test_a_rail_shows_what_is_passed_where_it_is_and_what_is_to_come() -> None:
    looks = [station.state for station in drawing.rail_stations("owned")]
    assert looks == ["passed", "passed", "here", "todo", "todo"]


@pytest.mark.parametrize("tag", ["light", "delivery", "rail", "shape"])
def test_an_unknown_value_is_refused_by_name(tag: str) -> None:
    with pytest.raises(ValueError, match=r"'purple' is unknown: use one of"):
        render(f'{{% {tag} "purple" %}}')


def test_coordinates_keep_their_point_where_figures_get_a_comma() -> None:
    with translation.override("nl"):
        html = render('{% rail "linked" %}')
        chart = render("{% chart one %}", one=indicator())
    assert "33.5" in html
    assert not re.search(r'\b(?:cx|cy|x|y|r|d)="[^"]*\d,\d', html + chart)


def test_html_for_a_cell_follows_the_language() -> None:
    english = light_html("on_track")
    with translation.override("nl"):
        assert light_html("on_track") is not english
    assert light_html("on_track") is english
    assert words(rail_html("reported")) == "reported"


def test_each_count_of_a_bundle_is_a_table_cell_with_its_own_name() -> None:
    html = render("{% bundle 10 8 6 4 2 %}")
    cells = re.findall(r'<td role="cell"[^>]*data-label="([^"]+)"', html)
    assert cells == ["linked", "owned", "measured", "reported"]
    assert words(html) == "8 6 4 2"
    assert words(render("{% bundle_answers 5 4 2 1 %}")) == "4 2 1"


def test_the_large_bundle_says_what_left_the_line() -> None:
    html = words(render("{% bundle_large 212 177 153 103 89 25 7 3 %}"))
    for said in ("Ambitions 212 100%", "Reported 89 42%", "Still open 25", "ambition 3"):
        assert said in html
    assert "with the reason 7" in html


@given(st.integers(0, 5000), st.data())
def test_a_line_is_never_thicker_than_all_and_never_invisible(total: int, data: Any) -> None:
    count = data.draw(st.integers(0, total))
    thick = drawing.thickness(count, total)
    assert (thick == 0) == (count == 0)
    assert thick == 0 or drawing.BUNDLE_LEAST <= thick <= drawing.BUNDLE_FULL


@given(st.integers(1, 5000), st.data())
def test_a_percentage_is_100_only_of_all_and_0_only_of_none(total: int, data: Any) -> None:
    count = data.draw(st.integers(0, total))
    share = drawing.percentage(count, total)
    assert (share == 100) == (count == total)
    assert (share == 0) == (count == 0)


def test_more_than_all_is_refused() -> None:
    with pytest.raises(ValueError, match="9 of 8 is not a share"):
        render("{% bundle 8 9 2 1 0 %}")


def test_an_empty_matrix_cell_is_read_as_zero() -> None:
    assert words(render("{% matrix_dot 0 %}")) == "0"
    assert words(render("{% matrix_dot 4 %}")) == "4"


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    form = AnswerForm({"light": "at_risk", "cause": ""})
    html = render("{% field form.cause %}", form=form)
    assert 'for="id_cause"' in html
    assert 'aria-describedby="id_cause_hint id_cause_error"' in html
    assert 'id="id_cause_hint"' in html
    assert 'id="id_cause_error"' in html
    assert 'aria-invalid="true"' in html
    assert "Error: This field is required." in words(html)


def test_radios_are_a_group_with_shapes_and_hints() -> None:
    html = render("{% field form.light %}", form=AnswerForm())
    assert re.search(r"<fieldset.*<legend[^>]*>.*Which light\?", html, re.DOTALL)
    assert html.count("<svg") == 2
    assert 'aria-describedby="id_light_1_hint"' in html
    assert "It may go wrong" in words(html)


@pytest.mark.parametrize("name", ["due", "section", "same", "cause"])
def test_every_kind_of_field_has_a_label_for_its_control(name: str) -> None:
    html = render("{% field bound %}", bound=AnswerForm()[name])
    assert f'for="id_{name}"' in html
    assert f'id="id_{name}"' in html


def test_last_times_answer_stands_beside_the_field() -> None:
    html = render('{% field bound "at_risk" "Last time, April" %}', bound=AnswerForm()["light"])
    assert "Last time, April at risk" in words(html)


def test_the_error_summary_names_the_field_of_each_fault() -> None:
    html = words(render("{% error_summary form %}", form=AnswerForm({"cause": ""})))
    assert "Cause: " in html
    assert "Which light? " in html
    assert "Which light?:" not in html, "a question needs no colon"


@pytest.mark.parametrize(("language", "written"), [("en", "3 Nov 2026"), ("nl", "3 nov 2026")])
def test_a_short_day_is_written_as_the_language_does(language: str, written: str) -> None:
    with translation.override(language):
        assert render("{{ day|short_day }}", day=datetime.date(2026, 11, 3)).strip() == written
        evening = datetime.datetime(2026, 11, 2, 23, 30, tzinfo=datetime.UTC)
        assert render("{{ day|short_day }}", day=evening).strip() == written, "the day here"
    assert render("{{ day|short_day }}", day=None).strip() == ""


def test_the_error_summary_takes_the_focus_and_links_to_the_fields() -> None:
    html = render("{% error_summary form %}", form=AnswerForm({"cause": ""}))
    assert "3 answers are not right yet" in words(html)
    assert 'href="#id_light_0"' in html
    assert 'href="#id_cause"' in html
    assert "The whole does not fit together" in html
    assert 'tabindex="-1" autofocus' in html


def test_a_form_without_faults_has_no_summary() -> None:
    assert words(render("{% error_summary form %}", form=forms.Form({}))) == ""


class FakeFilter:
    """The two things that the components ask of a FilterSet."""

    form = AnswerForm()

    def chosen(self) -> list[str]:
        return ["4.12"]


def test_a_filter_keeps_the_sorting_and_starts_on_the_first_page() -> None:
    request = RequestFactory().get("/quotes/?sort=-page&page=3&section=4")
    html = render("{% filter_bar filter %}", request, filter=FakeFilter())
    assert '<input type="hidden" name="sort" value="-page">' in html
    assert 'name="page"' not in html
    assert 'method="get"' in html


def test_a_filtered_list_says_so_and_shows_the_way_back() -> None:
    request = RequestFactory().get("/quotes/?section=4")
    html = render('{% filter_result "22 ambitions" filter "Show all 212" %}', request,
                  filter=FakeFilter())  # fmt: skip
    assert words(html) == "22 ambitions 4.12 Show all 212"
    assert 'href="/quotes/"' in html


def test_pages_are_counted_in_words_and_keep_the_filter() -> None:
    request = RequestFactory().get("/quotes/?section=4&page=2")
    page = Paginator(range(212), 50).page(2)
    html = render("{% pagination page %}", request, page=page)
    assert words(html) == "51–100 of 212 · previous · next"
    assert 'href="?section=4&amp;page=3"' in html


def test_a_list_that_fits_on_a_page_has_no_pager() -> None:
    page = Paginator(range(5), 50).page(1)
    assert words(render("{% pagination page %}", RequestFactory().get("/"), page=page)) == ""


class QuoteTable(tables.Table):
    reference = tables.Column(verbose_name="Number")
    count = tables.Column(attrs={"cell": {"class": "num"}}, orderable=False)

    class Meta:
        template_name = "components/table.html"
        order_by_field = "sort"
        empty_text = "No ambition is open."


def listed(rows: list[dict[str, Any]], query: str = "") -> str:
    table = QuoteTable(rows, order_by="reference")
    table.paginate(page=1, per_page=50)
    return table.as_html(RequestFactory().get(f"/quotes/{query}"))


def test_a_table_stays_a_table_when_a_phone_shows_its_rows_as_blocks() -> None:
    html = listed([{"reference": "4.12-07", "count": 2}], "?page=4&q=x")
    for role in ("table", "rowgroup", "row", "columnheader", "cell"):
        assert f'role="{role}"' in html
    assert '<td role="cell" data-label="Count" class="num">2</td>' in html


def test_a_sorted_column_says_so_and_sorting_returns_to_page_one() -> None:
    html = listed([{"reference": "4.12-07", "count": 2}], "?page=4&q=x")
    assert 'aria-sort="ascending"' in html
    assert 'href="?q=x&amp;sort=-reference"' in html
    assert html.count("sort-link") == 1


def test_an_empty_table_is_one_sentence() -> None:
    assert words(listed([])) == "No ambition is open."


def test_what_a_cell_says_is_escaped() -> None:
    assert "<b>" not in listed([{"reference": "<b>bold</b>", "count": 1}])


def rung(state: str, **extra: Any) -> dict[str, Any]:
    return {"label": "opening", "date": "5 Oct", "note": "Request", "state": state, **extra}


def test_the_ladder_is_a_list_for_the_ear_and_a_drawing_for_the_eye() -> None:
    html = render("{% ladder rungs 40 %}", rungs=[rung("passed"), rung("here"), rung("todo")])
    assert html.count("<li ") == 3
    assert words(html).startswith("5 Oct Request opening")
    assert '<svg class="ladder__drawing"' in html
    assert "today" in html


def test_an_unknown_state_of_a_rung_is_refused() -> None:
    with pytest.raises(ValueError, match="'skipped' is unknown"):
        render("{% ladder rungs %}", rungs=[rung("skipped")])


@given(st.lists(st.floats(0, 100), max_size=12).map(sorted))
def test_labels_on_one_level_of_the_ladder_never_touch(positions: list[float]) -> None:
    levels = drawing.stagger(positions)
    for level in set(levels):
        own = [x for x, its in zip(positions, levels, strict=True) if its == level]
        assert all(b - a >= drawing.LADDER_LABEL for a, b in itertools.pairwise(own))


def test_the_steps_say_where_one_is() -> None:
    assert words(render('{% steps 2 3 "by 30 October" %}')) == "Question 2 of 3 by 30 October"
    with pytest.raises(ValueError, match="step 4 of 3"):
        render("{% steps 4 3 %}")


def indicator(**extra: Any) -> dict[str, Any]:
    values: list[float | None] = [22, None, 24.5, 29]
    points = [
        {"on": datetime.date(2021 + n, 12, 31), "label": str(2021 + n), "value": value,
         "provisional": n == 3}
        for n, value in enumerate(values)
    ]  # fmt: skip
    return {"title": "Reports", "unit": "%", "decimals": 1, "points": points, **extra}


def test_a_chart_has_the_same_figures_as_a_table() -> None:
    html = words(render("{% chart one %}", one=indicator()))
    for said in ("2021 22% final", "2022 – no measurement", "2023 24.5%", "2024 29% provisional"):
        assert said in html


def test_a_missing_measurement_is_a_gap_and_not_a_zero() -> None:
    drawn = charting.draw(indicator(), charting.WIDE, str)
    assert drawn
    assert drawn.line.count("M") == 2
    assert [point["provisional"] for point in drawn.points] == [False, False, True]


def test_an_indicator_without_any_measurement_says_so() -> None:
    points = [{"on": datetime.date(2024, 1, 1), "label": "2024", "value": None}]
    html = render("{% chart one %}", one=indicator(points=points))
    assert "No measurement yet." in words(html)
    assert "chart__line" not in html


def test_a_target_is_marked_on_the_line_and_named_in_the_table() -> None:
    target = {"on": datetime.date(2027, 12, 31), "label": "2027", "value": 40}
    html = render("{% chart one %}", one=indicator(targets=[target]))
    assert 'class="chart__target"' in html
    assert "2027 40% target" in words(html)


def test_the_last_figure_is_not_written_over_a_target() -> None:
    """A target lies just above the last figure: its label moves to where it covers nothing."""
    years = [(2019, 145), (2020, 187)]
    points = [
        {"on": datetime.date(year, 12, 31), "label": str(year), "value": value,
         "provisional": False}
        for year, value in years
    ]  # fmt: skip
    targets = [
        {"on": datetime.date(year, 12, 31), "label": str(year), "value": value}
        for year, value in ((2019, 190), (2020, 190), (2021, 205), (2026, 220))
    ]
    drawn = charting.draw({"points": points, "targets": targets}, charting.WIDE, str)
    [label] = [one for one in drawn.labels if one["word"] == "187"]
    left, right = label["x"], label["x"] + 3 * charting.CHARACTER
    assert label["anchor"] == "start"
    for target in drawn.targets:
        beside = not left < target["x"] < right
        assert beside or abs(label["y"] - target["y"]) > charting.MARKER


def test_an_axis_of_whole_numbers_says_no_number_twice() -> None:
    assert charting.nice_ticks(2, 2, least=1) == [0, 1, 2]
    assert charting.nice_ticks(0, 9, least=1) == [0, 5, 10]
    assert charting.nice_ticks(0, 9) == [0, 2.5, 5, 7.5, 10]


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
@example(0.0, 5e-324)
def test_the_axis_spans_every_value(low: float, more: float) -> None:
    ticks = charting.nice_ticks(low, low + more)
    slack = 1e-6 * max(1.0, abs(low) + more)
    assert ticks[0] <= low + slack
    assert ticks[-1] >= low + more - slack
    assert 2 <= len(ticks) <= 12


def test_a_section_an_empty_list_and_the_menu_say_their_words() -> None:
    assert words(render('{% section_head "Ambitions" "a" "All of them." %}')) == (
        "Ambitions All of them."
    )
    assert words(render('{% empty "Nothing is open." "See coverage" "/coverage/" %}')) == (
        "Nothing is open. See coverage"
    )
    items = [{"label": "Coverage", "url": "/coverage/", "current": True}]
    assert 'aria-current="page"' in render("{% main_menu %}", menu_items=items)
    assert words(render("{% main_menu %}")) == ""


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html"])
def test_a_fault_has_a_page_even_without_a_request(name: str) -> None:
    html = render_to_string(name)
    assert "<h1" in html
    assert "To the first page" in html


def templates() -> list[Path]:
    return sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.name)
def test_no_template_needs_a_looser_content_security_policy(path: Path) -> None:
    """Mails are no pages: their styles are inline because mail programs ask for it."""
    source = path.read_text()
    assert not re.search(r"\son[a-z]+=|javascript:", source)
    if "emails" not in path.parts:
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*\bsrc=)", source)


def test_every_component_documents_its_context() -> None:
    for path in templates():
        if path.parent.name == "components":
            assert path.read_text().startswith("{# "), path.name
            assert "Context:" in path.read_text().split("#}")[0], path.name


def test_every_class_of_a_component_has_a_style() -> None:
    """A class that no sheet knows is a slip of the pen, or a leftover."""
    folder = Path(finders.find("spoor/spoor.css") or "").parent
    known = " ".join(sheet.read_text() for sheet in folder.glob("*.css"))
    silent = {"table-area"}
    for path in templates():
        if path.parent.name != "components":
            continue
        groups = re.findall(r'class="([^"{%]+)"', path.read_text())
        for name in itertools.chain.from_iterable(group.split() for group in groups):
            styled = re.search(rf"\.{re.escape(name)}(?![\w-])", known)
            assert styled or name.startswith("utrecht-") or name in silent, (path.name, name)
