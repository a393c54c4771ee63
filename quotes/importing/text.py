"""Text helpers of the importer: normalising, fingerprints, joining broken lines."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

BULLET = "•"
TERMINAL = re.compile(r"[.?!…][\"'”’)\]]*$")
ABBREVIATIONS = frozenset(
    "bijv. bv. o.a. i.p.v. t.b.v. t.a.v. m.b.t. c.q. m.i. d.m.v. incl. excl. nr. art. dhr. mevr. "
    "ca. resp. t.o.v. n.a.v. i.v.m. evt. e.g. i.e. vs.".split()
)
# Kerning tears off a few letters; two longer pieces are two words that somebody wrote apart.
LONGEST_STRAY = 3
_CONJUNCTIONS = frozenset("en of als dan noch and or und oder et ou tot".split())
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NOT_WORD = re.compile(r"[\W_]+")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u00ad"), "-")
_CLASH = re.compile(r"(?:a-[aeiu]|e-[eiu]|i-[ij]|o-[eiou]|u-[iu])$", re.IGNORECASE)


def tidy(text: str) -> str:
    """Return the text in Unicode NFC with every run of white space as one blank."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def normalised(text: str) -> str:
    """Return the text as it is compared: case, punctuation and white space do not count."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _NOT_WORD.sub(" ", folded).strip()


def fingerprint(text: str) -> str:
    """Return the SHA-256 (hex) of the normalised text: the same statement, the same fingerprint."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()


def is_terminal(text: str) -> bool:
    """Tell whether the text ends as a sentence ends, an abbreviation excepted."""
    stripped = text.rstrip()
    if not TERMINAL.search(stripped):
        return False
    return stripped.rsplit(" ", 1)[-1].lstrip("(").casefold() not in ABBREVIATIONS


def ends_in_hyphen(text: str) -> bool:
    """Tell whether a line breaks off in a hyphen, with or without the extractor's stray blank."""
    return len(text.rstrip()) > 1 and text.rstrip().endswith("-")


def starts_low(text: str) -> bool:
    """Tell whether the text starts in the middle of a sentence, by its first character."""
    first = text.lstrip("(‘“'\"[")[:1]
    return first.islower() or text[:1] in ",;.:/)-–"


def vocabulary(lines: Iterable[str]) -> Counter[str]:
    """Count the words that stand whole inside the lines (the first and last of a line do not)."""
    words: Counter[str] = Counter()
    for line in lines:
        words.update(word.casefold() for word in _WORD.findall(line))
    return words


def join_hyphen(left: str, right: str, words: Counter[str]) -> str:
    """Join two lines of which the first ends in a hyphen.

    The hyphen stays before 'en' and 'of' (`zorg- en`), after an abbreviation or a figure, before
    a capital, between clashing vowels, and where the text itself writes the word with a hyphen.
    """
    stem = left.rstrip()[:-1].rstrip()
    head = right.split(" ", 1)[0]
    first, last = head.strip(".,;:!?()’”").casefold(), re.split(r"[\s/(]", stem)[-1]
    if first in _CONJUNCTIONS:
        return f"{stem}- {right}"
    whole, hyphened = f"{last}{first}".casefold(), f"{last}-{first}".casefold()
    written = words[hyphened] > words[whole]
    capitals = len(last) > 1 and last.isupper()
    clash = bool(_CLASH.search(f"{last[-1:]}-{first[:1]}")) and not words[whole]
    if written or capitals or last[-1:].isdigit() or not head[:1].islower() or clash:
        return f"{stem}-{right}"
    return f"{stem}{right}"


def join_lines(lines: Sequence[tuple[str, bool | None]], words: Counter[str]) -> str:
    """Join the lines of one paragraph.

    The flag of a line tells whether the source has no blank after it (None: it cannot be seen):
    then the next line is glued on, and a hyphen with a blank on both sides is a dash.
    """
    text, glued = "", None
    for line, glue in lines:
        if not text:
            text = line
        elif ends_in_hyphen(text) and not (glued is False and text.endswith(" -")):
            text = join_hyphen(text, line, words)
        elif ((glued and text[-1] in ")(") or text.endswith("/")) and not line.startswith(BULLET):
            text = text + line
        else:
            text = f"{text} {line}"
        glued = glue
    return mend_blanks(tidy(text), words)


def mend_blanks(text: str, words: Counter[str]) -> str:
    """Remove a stray blank inside a word (`k etenpartijen`) where the whole word is known.

    Two pieces become one word when the text elsewhere writes that word and never the pieces.
    """
    tokens = text.split(" ")
    index = 0
    while index < len(tokens) - 1:
        left, right = tokens[index], tokens[index + 1]
        core = right.rstrip(".,;:!?)’”")
        whole = f"{left}{core}".casefold()
        broken = left.isalpha() and core.isalpha() and core.islower()
        stray = words[core.casefold()] <= 1 or (len(left) == 1 and left.casefold() != "u")
        short = min(len(left), len(core)) <= LONGEST_STRAY
        if (
            broken
            and stray
            and short
            and words[whole]
            and words[left.casefold()] < words[whole] + 2
        ):
            tokens[index : index + 2] = [left + right]
        else:
            index += 1
    return " ".join(tokens)
