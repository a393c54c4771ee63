"""Fills an empty production database with the little that the main job needs.

Run as `python -m tests.operations.seed` in the environment of the installation.
"""

import django

PASSWORD = "a long enough password"
OFFICE = "office@spoor.example"
PARTNER = "fatima@town.example"


def fill() -> None:
    """A partner that leads a measured intervention, and an ambition of the field."""
    from tests import factories as make

    town = make.make_organisation("Town")
    make.make_reporter(town, "Fatima Town", email=PARTNER, password=PASSWORD, language="en")
    intervention = make.make_intervention("Meet within five days", lead=town)
    indicator = make.make_indicator("Meetings in time")
    make.make_target(indicator)
    make.measure(intervention, indicator)
    make.make_quote("We want to sit at one table within a week.")


if __name__ == "__main__":
    django.setup()
    fill()
