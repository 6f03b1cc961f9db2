"""One pattern for hundreds of names, with common beginnings shared.

A plain alternation is tried name by name at every place of a text; a tree of letters is left
at the first letter that no name goes on with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

#: Returns the pattern of a letter after the letters before it.
Spelling = Callable[[str, str], str]


def any_of(names: Iterable[str], spelling: Spelling | None = None) -> str:
    """Return a pattern that matches any of `names`, the longest that fits; nothing for none."""
    tree: dict[str, Any] = {}
    for name in names:
        node = tree
        for letter in name:
            node = node.setdefault(letter, {})
        node[""] = {}
    tree.pop("", None)
    return _branches(tree, "", spelling or _as_written) or "(?!)"


def _branches(node: dict[str, Any], before: str, spelling: Spelling) -> str:
    options = [
        spelling(before, letter) + _branches(child, before + letter, spelling)
        for letter, child in sorted(node.items())
        if letter
    ]
    if not options:
        return ""
    body = options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"
    # A name that ends here is taken only where no longer one fits.
    return f"(?:{body})?" if "" in node else body


def _as_written(before: str, letter: str) -> str:
    return re.escape(letter)
