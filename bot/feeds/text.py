"""Entries to sentences with verbatim offsets. Pure; every offset points into the entry's field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from bot.feeds.markup import whole
from bot.types import Entry, Sentence

#: An article with more sentences than this is a book or an attack.
MAX_SENTENCES = 400
#: A longer stretch without an end is cut, so that every later step is bounded.
MAX_SENTENCE = 2000
#: So is a longer paragraph: the splitter's time grows with the square of open quotation marks.
MAX_PARAGRAPH = 20_000

#: A stretch that ends so does not end a sentence, although the splitter may think it does.
OPEN_END = re.compile(
    r"(?:\b(?:No|Nos|Gen|Lt|Col|Maj|Capt|Cpl|Sgt|Brig|Adm|Gov|Sen|Rep|Pres|St|Mr|Mrs|Ms|Dr|Prof|"
    r"Mt|Ft|Jr|Sr|vs|approx|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec)|"
    r"\b[A-Z]|\b(?:U\.S|U\.N|U\.K|E\.U))\.[\"'’”)]*\s*$"
)
#: Words that open sentences and stand behind no abbreviation inside one.
_OPENER = (
    r"(?:The|An?|In|On|At|By|For|From|But|And|Or|So|Yet|If|As|When|While|After|Before|Since|Until|"
    r"Although|Though|However|Meanwhile|Separately|Later|Earlier|Also|Both|He|She|It|They|We|His|"
    r"Her|Its|Their|Our|This|That|These|Those|There|One|Two|Three|Four|Five|Not|Some|Many|Most|"
    r"Several|[A-Z][a-z]+ly,)(?![\w.’'])"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Aug|Sept?|Oct|Nov|Dec)"
#: "since May. Russia said", "in the U.S. The envoy": the full stop ends a sentence as well. A month
#: inside one goes before a number; "U.S." and its like before anything but an opener.
_ENDED = re.compile(
    rf"\b{_MONTH}\.[\"'’”)]*\s+(?=[\"“'‘(]?[A-Z][a-z])"
    rf"|\b(?:U\.S|U\.N|U\.K|E\.U|[A-Z]|[JS]r|Inc|Co|Ltd|Corp|etc)\.[\"'’”)]*\s+(?=[\"“'‘(]?{_OPENER})"
)
#: "at 5 p.m. local time" and "at 5 p.m. Saturday" go on; "at 5 p.m. The army" does not.
ZONE = re.compile(
    r"(?:[A-Z][\w’'-]+ ){1,3}(?:(?:standard|summer|daylight|mean) )?(?:[Tt]ime|clock)\b"
    r"|(?:Eastern|Central|Pacific|Mountain)\b"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?=[.,;:)]|$| (?:and|when|local|in|by|on|at|as|but|after|before|unless|until)\b)"
)
CLOCK_END = re.compile(r"\b[ap]\.m\.\s*$")


def split_sentences(entry: Entry) -> tuple[Sentence, ...]:
    """Return the sentences of title, summary and text; a summary that repeats them is left out."""
    found: list[Sentence] = []
    for name in ("title", "summary", "text"):
        text = entry.field_text(name)
        if name == "title":
            found += _whole(text)
        elif name != "summary" or not _repeats(text, entry):
            found += _sentences(text, name)
    return tuple(found[:MAX_SENTENCES])


def _whole(title: str) -> list[Sentence]:
    start, end = _trim(title, 0, len(title))
    end = min(end, start + MAX_SENTENCE)
    if start >= end:
        return []
    return [Sentence(text=title[start:end], field="title", start=start, end=end, index=0)]


def _repeats(summary: str, entry: Entry) -> bool:
    plain = " ".join(summary.split())
    if plain == " ".join(entry.title.split()):
        return True
    return bool(entry.text) and " ".join((entry.text or "").split()).startswith(
        plain.rstrip("….")[:400]
    )


def _sentences(text: str, name: str) -> Iterator[Sentence]:
    index = 0
    for paragraph, (begin, finish) in enumerate(_paragraphs(text)):
        for start, end in _merged(text, begin, _bounds(text[begin:finish])):
            yield Sentence(
                text=text[start:end],
                field=name,
                start=start,
                end=end,
                index=index,
                paragraph=paragraph,
            )
            index += 1
            if index >= MAX_SENTENCES:
                return


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(rf"[^\n\r]{{1,{MAX_PARAGRAPH}}}", text):
        if match.group().strip():
            yield match.span()


def _bounds(paragraph: str) -> list[tuple[int, int]]:
    """Return the splitter's boundaries; where they do not match the text, the whole stretch."""
    bounds: list[tuple[int, int]] = []
    position = 0
    paragraph = whole(paragraph)  # the splitter cannot take half a pair
    for boundary in get_sentence_boundaries("en", paragraph):
        piece = boundary["text"]
        # Search instead of trusting offsets: the splitter counts some scripts in other units.
        start = paragraph.find(piece, position)
        if start < 0:
            return [(0, len(paragraph))]
        bounds += _parted(paragraph, start, start + len(piece))
        position = start + len(piece)
    if not bounds or position < len(paragraph.rstrip()):
        bounds.append((position, len(paragraph)))
    return bounds


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a stretch that the splitter took for one: "in the U.S. The"."""
    for match in _ENDED.finditer(text, start, end):
        told = text[start : match.start()]
        if match.end() < end and told.count("“") <= told.count("”") and told.count('"') % 2 == 0:
            yield start, match.end()
            start = match.end()
    yield start, end


def _merged(text: str, base: int, bounds: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield absolute spans with over-split stretches joined and endless ones cut."""
    joined: list[tuple[int, int]] = []
    for start, end in bounds:
        if joined and _goes_on(
            text[joined[-1][0] + base : joined[-1][1] + base], text[start + base : end + base]
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    for start, end in joined:
        yield from _cut(text, start + base, end + base)


def _goes_on(before: str, after: str) -> bool:
    after = after.lstrip()
    if OPEN_END.search(before[-40:]):
        return not _ENDED.search(f"{before[-40:].rstrip()} {after[:40]}")
    if not CLOCK_END.search(before[-12:]):
        return False
    return bool(ZONE.match(after)) or not re.match(r"[\"“'‘(]?[A-Z][a-z]", after)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start, end = _trim(text, start, end)
    while end - start > MAX_SENTENCE:
        yield start, start + MAX_SENTENCE
        start += MAX_SENTENCE
    if start < end:
        yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
