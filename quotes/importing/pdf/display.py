"""Type that stands out from the text: headings, pull quotes, titles.

A heading is numbered, and set in a type in which (nearly) everything is; a sentence that begins
with a figure is not. A pull quote speaks: it ends like a sentence, is long, or repeats the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quotes.importing.contents import Contents
from quotes.importing.pdf.measures import Type
from quotes.importing.pdf.strips import Face, Strip
from quotes.importing.text import is_terminal, join_lines, normalised, tidy

HEADING, PULL, TITLE, LABEL, NOTE = "heading", "pull", "title", "label", "note"
_TWO = re.compile(r"(\d{1,2})\.(\d{1,2})\.?(?:\s+(?P<title>\W{0,2}[^\W\d_].*))?$")
_ONE = re.compile(
    r"(?:(?:hoofdstuk|deel|chapter|part)\s+)?(\d{1,2})[.:]?(?:\s+(?:[-–|]\s+)?"
    r"(?P<title>\W{0,2}[^\W\d_].*))?$",
    re.IGNORECASE,
)
_PITCH, _NEAR = 1.75, 4.0
_SHARE = 0.6
_LONG, _SENTENCE, _REPEATED = 10, 4, 12
Key = tuple[float, bool, bool, str]


@dataclass(slots=True, eq=False)
class Block:
    """Lines in one type that belong together; `number` is '4.12', or '4' for a chapter.

    `alone` tells that its page holds no running text: a title page.
    """

    strips: list[Strip]
    text: str
    kind: str = ""
    number: str = ""
    title: str = ""
    certainty: float = 1.0
    alone: bool = False

    @property
    def key(self) -> Key:
        """The type that it is set in, without the colour."""
        strip = max(self.strips, key=lambda s: len(s.text))
        return (strip.size, strip.style.bold, strip.style.italic, strip.style.family)


def blocks_of(face: Face, body: Type, cards: bool) -> list[Block]:
    """Gather the lines of a page that stand out into blocks."""
    groups: list[list[Strip]] = []
    apart = [s for s in face.strips if not s.body or (s.box is not None and not cards)]
    for strip in sorted(apart, key=lambda s: (s.base, s.x0)):
        above = next((group for group in reversed(groups) if _goes_on(group, strip)), None)
        if above is None:
            groups.append([strip])
        else:
            above.append(strip)
    alone = not any(strip.body for strip in face.strips)
    return [
        Block(group, join_lines([(s.text, None) for s in group], Counter()), alone=alone)
        for group in groups
    ]


def _goes_on(group: Sequence[Strip], below: Strip) -> bool:
    """Tell whether a line goes on with a block: the same type in the same place."""
    above = group[-1]
    if above.box != below.box or not _alike(above, below):
        return False
    pitch = below.base - above.base
    if above.box is not None:
        return 0 <= pitch <= _PITCH * max(above.size, below.size)
    first, last = min(s.column for s in group), max(s.last for s in group)
    within = first <= below.column and below.last <= last
    wider = below.column == first and below.last > last
    near = 0 < pitch <= _PITCH * max(above.size, below.size)
    return (within or wider) and near and not _numbered(below.text)


def _alike(above: Strip, below: Strip) -> bool:
    return abs(above.size - below.size) < 0.06 * above.size and (
        (above.style.bold, above.style.italic) == (below.style.bold, below.style.italic)
    )


def _numbered(text: str) -> bool:
    found = _TWO.match(text) or _ONE.match(text)
    return found is not None and bool(found["title"])


def classify(pages: Sequence[Sequence[Block]], body: Type, contents: Contents) -> None:
    """Tell of every block what it is; what the headings are set in is learnt from all of them."""
    blocks = [block for page in pages for block in page]
    for page in pages:
        for block in page:
            _read_number(block, page)
    keys = _heading_keys(blocks, body)
    largest = max((key[0] for key in keys), default=0.0)
    levels = Counter((b.key, "." in b.number) for b in blocks if b.number and b.key in keys)
    chapters = {key for key in keys if levels[key, False] > levels[key, True]}
    for page in pages:
        chapters |= _above_headings(page, keys, largest)
    for block in blocks:
        if block.kind:
            continue
        strip = block.strips[0]
        if block.number and block.key in keys and not _speaks_up(block, contents):
            block.kind = HEADING
        elif strip.small(body) and strip.box is None:
            block.kind = NOTE
        elif block.key in chapters and not _speech(block):
            block.kind = TITLE


def _above_headings(page: Sequence[Block], keys: set[Key], largest: float) -> set[Key]:
    """The large types of titles without a number that stand right above a numbered heading."""
    found = set()
    for block in page:
        if block.number or block.kind or block.key[0] < largest or _speech(block):
            continue
        foot = block.strips[-1].base
        below = (b for b in page if b.strips[0].base > foot and b is not block)
        follower = min(below, key=lambda b: b.strips[0].base, default=None)
        if follower is None or follower.key not in keys or not follower.number:
            continue
        if follower.strips[0].base - foot < _NEAR * block.key[0]:
            found.add(block.key)
    return found


def _speech(block: Block) -> bool:
    """Tell whether a block without a number is set like a heading but cannot be one."""
    words = len(block.text.split())
    sentence = words >= _SENTENCE and is_terminal(block.text)
    return sentence or words > _LONG or block.strips[0].box is not None


def _read_number(block: Block, page: Sequence[Block]) -> None:
    """Read a heading's number; a number that stands alone takes the lines below as its title."""
    found = _TWO.match(block.text)
    one = None if found else _ONE.match(block.text)
    match = found or one
    if match is None:
        return
    title = match["title"]
    if not title:
        below = _below(block, page)
        if below is None:
            return
        title = below.text
        block.strips = block.strips + below.strips
        below.kind = "taken"
    block.number = f"{int(match[1])}.{int(match[2])}" if found else str(int(match[1]))
    block.title = tidy(title)


def _below(block: Block, page: Sequence[Block]) -> Block | None:
    """The block right below a lone number, if it stands near enough to be its title."""
    foot = block.strips[-1]
    near = [
        other
        for other in page
        if other is not block
        and not other.kind
        and other.strips[0].column == foot.column
        and 0 < other.strips[0].base - foot.base < 3 * max(foot.size, other.strips[0].size)
        and not is_terminal(other.text)
    ]
    return min(near, key=lambda other: other.strips[0].base, default=None)


def _heading_keys(blocks: Sequence[Block], body: Type) -> set[Key]:
    """The types in which most blocks are numbered and none reads like a sentence."""
    total: Counter[Key] = Counter()
    numbered: Counter[Key] = Counter()
    for block in blocks:
        if block.kind == "taken":
            continue
        total[block.key] += 1
        numbered[block.key] += bool(block.number) and not block.text.rstrip().endswith(".")
    return {
        key
        for key, count in numbered.items()
        if count and count >= _SHARE * total[key] and key[0] >= 0.95 * body.size
    }


def _speaks_up(block: Block, contents: Contents) -> bool:
    """Tell a sentence that begins with a figure from a heading."""
    return block.text.rstrip().endswith(".") and block.number not in contents.titles


def tell_speech(blocks: Iterable[Block], spoken: str) -> None:
    """Tell pull quotes from labels among the blocks that are nothing else; `spoken` is the text."""
    for block in blocks:
        if block.kind not in {"", TITLE}:
            continue
        words = len(block.text.split())
        told = compact(block.text)
        repeats = len(told) > _REPEATED and told in spoken
        speaks = is_terminal(block.text) or words >= _LONG
        if block.kind == TITLE and not repeats:
            continue
        boxed = block.strips[0].box is not None
        label = words < _SENTENCE or block.alone
        block.kind = LABEL if label and not (repeats or speaks or boxed) else PULL
        block.certainty = 1.0 if repeats else 0.95 if is_terminal(block.text) else 0.6


def compact(text: str) -> str:
    """Return the letters and figures of a text alone: broken words do not matter then."""
    return normalised(text).replace(" ", "")


def headings(blocks: Iterable[Block]) -> Iterator[Block]:
    """Return the headings among the blocks."""
    return (block for block in blocks if block.kind == HEADING)
