"""A sentence as words, with its numbers read and numbers of other things set apart. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import NamedTuple

from bot.claims.figures import patterns as pieces
from bot.claims.figures.harm import VERBS
from bot.claims.grammar.wordlists import word_set
from bot.claims.numbers import Mention, find_numbers

_WORD = re.compile(
    r"(?:[A-Za-z]\.){2,}|(?:Sgt|Cpl|Capt|Lt|Col|Gen|Maj|Pvt|Dr|Mr|Mrs|Ms|Adm|Brig|Cmdr)\."
    r"(?= [A-Z])|\w+(?:['’-]\w+)*|--|[^\w\s]"
)
#: Marks that carry no grammar: quotation marks, and brackets of editors.
_SILENT = frozenset('"“”„«»‘`*[]')
#: "his sister Noor, nine, lost": an age in words behind a name.
_NAME_BEFORE = re.compile(r"\b(?!(?:In|At|Near|On)\b)[a-z][\w'’-]* (?:[A-Z]\w+ ?){1,4}, $")
#: "six boys between 10 and 15 were killed": ages without the word.
_OF_AGES = re.compile(
    r"\b(?:boys|girls|children|teenagers|youths|pupils|women|men|people) (?:aged )?$"
)
#: "one in five of those killed": five is nobody's number.
_ONE_IN = re.compile(r"\b(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|\d) (?:in|out of)(?: every)? $")
_SHARE = re.compile(r" (?:of|people|children|civilians|are|is|victims|soldiers)\b")
_AGED_END = re.compile(r"(?:,|\.|$| (?:were|was|have|had|died|who|are)\b| years\b)")
_WORD_AGE_END = re.compile(r", (?:and (?:her|his|their)|was|were|died|lost|who|of|had|from)\b")
#: Words whose lower case is remembered.
WORDS_KEPT = 8192
_VERBS = VERBS | word_set("were have been will would")
#: "twice as many" is no number of its own.
_TIMES = word_set("twice half times thrice almost nearly over than")
#: ‘kidnapped’ in a headline is the word itself.
_QUOTED = re.compile(r"(?<![\w’'])[‘'](?P<words>[^‘’']{2,60})[’'](?![\w’'])")
_DASHES = {"–": "—", "--": "—"}


class Token(NamedTuple):
    """A word, a mark or a number of a sentence."""

    low: str  #: lower case; "#" for a number that counts something else
    word: str
    start: int
    end: int
    number: Mention | None = None


#: Makes a token of its fields in order; `Token(...)` costs more than the match of a word.
_made: Callable[[tuple[str, str, int, int, None]], Token] = partial(tuple.__new__, Token)


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence cut into words."""

    text: str
    tokens: tuple[Token, ...]
    lows: tuple[str, ...]
    vocabulary: frozenset[str]  #: the same words, in no order
    plain: bool  #: capitals tell names: neither all upper case nor a headline in title case

    def before(self, at: int) -> str:
        """Return the word before `at`, "" at the start."""
        return self.lows[at - 1] if at > 0 else ""

    def at(self, at: int) -> str:
        """Return the word at `at`, "" outside."""
        return self.lows[at] if 0 <= at < len(self.lows) else ""


def read_words(text: str, whole: str | None = None) -> Words:
    """Return the words of a sentence; `whole` is the same text before parts were blanked."""
    if "‘" in text or " '" in text or text.startswith("'"):
        text = _QUOTED.sub(r" \g<words> ", text)
    tokens = tuple(_tokens(text))
    lows = tuple([token.low for token in tokens])
    return Words(whole or text, tokens, lows, frozenset(lows), _capitals_tell(tokens))


def _capitals_tell(tokens: tuple[Token, ...]) -> bool:
    letters = [t.word for t in tokens if t.word[:1].isalpha() and len(t.word) > 3]
    if 2 * sum(word[0].isupper() for word in letters) <= len(letters) + 2:
        return True
    return not _VERBS.isdisjoint(letters)  # as written: a headline has "Killed"


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    for mention in find_numbers(text):
        start, end = mention.start, mention.end
        found += _words(text, at, start)
        at = end
        if _is_no_one(text, mention):
            found.append(Token("nobody", text[start:end], start, end))
        elif _counts_other_things(text, mention):
            found.append(Token("#", text[start:end], start, end))
        else:
            found.append(Token("n", text[start:end], start, end, mention))
    found += _words(text, at, len(text))
    same = "as many" in text or "number" in text
    return _repeated(found, text) if same else found


def _repeated(tokens: list[Token], text: str) -> list[Token]:
    """Read "as many" and "the same number of" as the number before them."""
    found: list[Token] = []
    last: Mention | None = None
    at = 0
    while at < len(tokens):
        size = 0 if last is None else _size_of_same(tokens, at)
        if size and last is not None:
            start, end = tokens[at].start, tokens[at + size - 1].end
            found.append(
                Token("n", text[start:end], start, end, replace(last, start=start, end=end))
            )
        else:
            size = 1
            last = tokens[at].number or last
            found.append(tokens[at])
        at += size
    return found


def _size_of_same(tokens: list[Token], at: int) -> int:
    """Return how many words "as many" or "an equal number of" takes; 0 for anything else."""
    lows = [token.low for token in tokens[at : at + 4]]
    if lows[:2] == ["as", "many"]:
        before = tokens[at - 1].low if at else ""
        return 0 if lows[2:3] == ["as"] or before in _TIMES else 2
    same = lows[1:3] in (["same", "number"], ["equal", "number"], ["similar", "number"])
    if not same or lows[0] not in ("the", "an", "a"):
        return 0
    return 3 + (lows[3:4] == ["of"])


def _words(text: str, start: int, end: int) -> list[Token]:
    return [
        _made((_low(word), word, *match.span(), None))
        for match in _WORD.finditer(text, start, end)
        if (word := match[0]) not in _SILENT
    ]


@lru_cache(maxsize=WORDS_KEPT)
def _low(word: str) -> str:
    low = word.lower().replace("’", "'")
    return _DASHES.get(word) or (low[:-1] if low[1:].endswith(".") and "." not in low[:-1] else low)


def _is_no_one(text: str, mention: Mention) -> bool:
    return bool(
        mention.value == 1
        and text[mention.start : mention.end].lower() == "one"
        and re.search(r"\b[Nn][Oo]\s+$", text[max(0, mention.start - 6) : mention.start])
    )


def _counts_other_things(text: str, mention: Mention) -> bool:
    """Tell whether a number is an age, a date, a year, an amount or a label."""
    before = text[max(0, mention.start - 24) : mention.start]
    after = text[mention.end : mention.end + 40]
    last = before.rstrip().rstrip(".").lower()
    if pieces.OTHER_UNIT.match(after):
        return True
    if last.endswith(pieces.LABEL_ENDS) and pieces.LABEL_BEFORE.search(before):
        return True
    if last.endswith((" in", " every")) and _ONE_IN.search(before) and _SHARE.match(after):
        return True
    written = text[mention.start : mention.end]
    if mention.value is None and _OF_AGES.search(before) and _AGED_END.match(after):
        return True
    if not written.isdigit():
        behind = before.endswith(", ") and _NAME_BEFORE.search(before)
        return bool(behind and _WORD_AGE_END.match(after))
    if last.endswith(pieces.MONTH_ENDS) and pieces.MONTH_BEFORE.search(before):
        return True
    if _is_age(before, after):
        return True
    return 1900 <= int(written[:6]) <= 2100 and _stands_like_a_year(before, after)


def _is_age(before: str, after: str) -> bool:
    """Tell whether ", 34," or "(24)" follows a name or a noun; a bracket alone may hold a count."""
    if before.endswith("("):
        return bool(pieces.AGE_BRACKET.search(before)) and after.startswith(")")
    if not before.rstrip().endswith(","):
        return False
    if re.search(r"\b[A-Z]\w+ [A-Z]\w+,\s$", before) and re.match(r"\.(?:\s|$)", after):
        return True
    return bool(re.search(r"\w,\s$", before) and re.match(r"(?:,|\)|$|;|\sand\b)", after))


def _stands_like_a_year(before: str, after: str) -> bool:
    in_or_since = re.search(r"\b(?:in|since|of|by|until|from|the)\s+$", before, re.IGNORECASE)
    return bool(in_or_since or not re.match(r"\s+\w", after))
