"""Within the story it is then; outside it, and for everybody else, it is now."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from tracker.demo.clock import at, story_time

THEN = datetime(2025, 3, 5, 9, tzinfo=UTC)
LATER = datetime(2025, 6, 1, 9, tzinfo=UTC)


def test_within_the_story_it_is_then() -> None:
    with story_time():
        before = timezone.now()
        with at(THEN):
            assert timezone.now() == THEN
            assert str(timezone.localdate()) == "2025-03-05"
            with at(LATER):
                assert timezone.now() == LATER
            assert timezone.now() == THEN
        assert timezone.now() >= before


def test_whoever_does_not_load_hears_the_real_time() -> None:
    """The pages that run beside the loading know nothing of the story."""
    with story_time(), at(THEN), ThreadPoolExecutor(1) as other:
        assert other.submit(timezone.now).result() > LATER


def test_the_clock_goes_on_whatever_happens_in_the_story() -> None:
    really = timezone.now
    with pytest.raises(ValueError, match="oh"), story_time(), at(THEN):
        raise ValueError("oh")
    assert timezone.now is really
    assert timezone.now() > LATER
