"""Words that every rule uses: numbers as people write them."""

from django.utils.translation import pgettext


def number_word(count: int) -> str:
    """'three'; beyond twelve the figure, as people write."""
    words = {
        1: pgettext("number", "one"),
        2: pgettext("number", "two"),
        3: pgettext("number", "three"),
        4: pgettext("number", "four"),
        5: pgettext("number", "five"),
        6: pgettext("number", "six"),
        7: pgettext("number", "seven"),
        8: pgettext("number", "eight"),
        9: pgettext("number", "nine"),
        10: pgettext("number", "ten"),
        11: pgettext("number", "eleven"),
        12: pgettext("number", "twelve"),
    }
    return words.get(count, str(count))


def capital(text: str) -> str:
    """The sentence with a capital first, whatever word a rule put there; as Dutch spelling has it,
    an accent on the first letter goes: 'Eén'."""
    return text[:1].replace("é", "e").upper() + text[1:]
