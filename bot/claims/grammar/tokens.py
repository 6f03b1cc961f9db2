"""Words and marks of a sentence, with the stretches that stand inside quotation marks.

One pass of one bounded pattern; sentences are cut at `MAX_CHARS`, so that hostile input costs
no more than a long sentence. Offsets refer to the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

#: A sentence longer than this is no sentence; the rest is not read for its grammar.
MAX_CHARS = 2000

_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Dr|Lt|Gen|Col|Maj|Brig|Capt|Cpt|Sgt|Adm|Cmdr|Sen|Rep|Gov|Hon|Prof|Rev|St|Jr|Sr"
    "|Sens|Reps|Gens|Messrs|Amb|Supt|Lieut|Del|Sept|Oct|Nov|Dec|Jan|Feb|Mar|Apr|Jul|Aug|Jun"
)
#: The plain word comes first, since most words are plain; what follows reads it alike.
_TOKEN = re.compile(
    rf"""
      (?P<word>[A-Za-z][a-z]{{0,39}}+(?=[ ,])
        | (?=[A-Z])(?:(?:[A-Z]\.){{1,5}}[A-Z]?(?![a-z]) | (?:{_ABBREVIATIONS})\.)
        | [ap]\.m\.
        | \d{{1,12}}(?:[.,:]\d{{1,6}}){{0,4}}\w{{0,12}}(?:-[^\W\d_]{{1,20}}){{0,3}}
        | [^\W_]{{1,40}}(?:[’'\-/&][^\W_]{{1,40}}){{0,6}}(?:(?<=s)[’'](?=\s[a-z]))?)
    | (?P<quote>["“”„«»]|(?<!\w)['‘](?=\w)|['’](?!\w))
    | (?P<mark>--|[,;:.!?()\[\]—–…|-])
    """,
    re.VERBOSE,
)
_QUOTES = re.compile("[\"“”„«»'‘’]")
_SINGLE_OPENING = re.compile(r"(?<!\w)['‘](?=\w)")
_SINGLE_CLOSING = re.compile(r"(?<=[\w,.!?])['’](?!\w)")
_OPENING = frozenset("“„«‘")


class Token(NamedTuple):
    """One word, mark or quotation mark of a sentence."""

    text: str
    low: str  #: lower case, straight apostrophes
    start: int
    end: int
    word: bool
    quoted: bool  #: inside quotation marks, or one of them


#: Makes a token of its fields in order; `Token(...)` costs more than the match of a word.
_made: Callable[[tuple[str, str, int, int, bool, bool]], Token] = partial(tuple.__new__, Token)


def tokens_of(text: str, *, in_quote: bool = False) -> tuple[list[Token], bool]:
    """Split `text` and tell whether a quotation is still open at its end.

    `in_quote` says that the sentence begins inside a quotation opened before it.
    """
    text = text[:MAX_CHARS]
    if _QUOTES.search(text) or "HE " in text:
        return _with_quotes(text, in_quote=in_quote)
    return [
        _made((raw := match[0], raw.lower(), *match.span(), match.lastgroup == "word", in_quote))
        for match in _TOKEN.finditer(text)
    ], in_quote


def _with_quotes(text: str, *, in_quote: bool) -> tuple[list[Token], bool]:
    """Split a text that has quotation marks or apostrophes."""
    tokens: list[Token] = []
    single = _has_single_pair(text)
    depth, kind = (1, '"') if in_quote else (0, "")
    for match in _TOKEN.finditer(text):
        raw, sort = match[0], match.lastgroup
        quoted = depth > 0
        if sort == "quote":
            depth, kind, real = _turn(raw, depth, kind, single)
            if not real:
                continue
            quoted = True
        # "HE the Minister" is His Excellency, and no pronoun.
        low = "h.e." if raw == "HE" else raw.lower().replace("’", "'")
        tokens.append(_made((raw, low, *match.span(), sort == "word", quoted)))
    return tokens, depth > 0 and kind == '"'


def _has_single_pair(text: str) -> bool:
    opening = _SINGLE_OPENING.search(text)
    return bool(opening and _SINGLE_CLOSING.search(text[opening.end() :]))


def _turn(raw: str, depth: int, kind: str, single: bool) -> tuple[int, str, bool]:
    """Return depth and kind of quotation after mark `raw`, and whether it counts as one."""
    if raw in "'‘’":
        if not single or (depth and kind == '"'):
            return depth, kind, False
        if depth:
            return 0, "", True
        return (1, "'", True) if raw != "’" else (0, "", False)
    if depth and kind == "'":
        return 1, '"', True
    opens = raw in _OPENING if raw != '"' else not depth
    return (1, '"', True) if opens else (0, "", True)
