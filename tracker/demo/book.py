"""The example anthology as a book: title, preface, chapters, sections, quotes. Pure."""

from dataclasses import dataclass
from typing import Any

from tracker.demo.content import read


@dataclass(frozen=True)
class Statement:
    """One quote; a pull quote repeats another one in a highlighted box."""

    text: str
    pull_quote: bool = False


@dataclass(frozen=True)
class Part:
    """A numbered section with its statements, in reading order."""

    number: str
    title: str
    statements: tuple[Statement, ...]

    @property
    def chapter(self) -> int:
        return int(self.number.partition(".")[0])


@dataclass(frozen=True)
class Book:
    """Everything that is printed, from title page to last chapter."""

    title: tuple[str, ...]
    footer: str
    contents_page: int
    preface_title: str
    preface: tuple[str, ...]
    chapters: tuple[tuple[int, str], ...]
    parts: tuple[Part, ...]


def book_from(data: dict[str, Any]) -> Book:
    """Build a Book from its JSON form."""
    return Book(
        title=tuple(data["title"]),
        footer=data["footer"],
        contents_page=data["contents_page"],
        preface_title=data["preface"]["title"],
        preface=tuple(data["preface"]["text"]),
        chapters=tuple((row["number"], row["title"]) for row in data["chapters"]),
        parts=tuple(
            Part(
                row["number"],
                row["title"],
                tuple(Statement(q["text"], q["pull_quote"]) for q in row["quotes"]),
            )
            for row in data["sections"]
        ),
    )


def example_book() -> Book:
    """The example's own book."""
    return book_from(read("book"))
