"""Text fit for display: no direction overrides, invisible controls or piles of marks.

Arabic, Hebrew and zero-width joiners, which words need, stay. Offsets into entries are never
taken from this text.
"""

from __future__ import annotations

import re
import unicodedata

#: Direction marks, embeddings, overrides and isolates; soft hyphen, zero-width space, word joiner,
#: byte order mark, old format controls, ruby marks; tag characters; halves of surrogate pairs;
#: controls other than line feed and tab.
HIDDEN = re.compile(
    "[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\u00ad\u200b\u2060-\u2064\u206a-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff\x00-\x08\x0b-\x1f\x7f-\x9f]"
)

#: More marks on one letter than any script needs.
MAX_MARKS = 4


def display_text(text: str) -> str:
    """Return `text` without characters that change how other text is shown."""
    shown = HIDDEN.sub("", text)
    if not any(_is_mark(c) for c in shown):
        return shown
    kept, marks = [], 0
    for character in shown:
        marks = marks + 1 if _is_mark(character) else 0
        if marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def _is_mark(character: str) -> bool:
    """Tell whether a character is drawn upon the letter before it; enclosing marks, too."""
    return bool(unicodedata.combining(character)) or unicodedata.category(character) == "Me"
