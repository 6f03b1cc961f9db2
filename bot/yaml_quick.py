"""Reads plain YAML with the C parser, which takes a tenth of the time and knows no lines.

Packs are large, and a start reads them all before it may post. Only what both parsers certainly
read alike is read here; for everything else, faults included, the caller asks bot.yaml_lines.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_WORDS = {
    word: value
    for value, words in (
        (True, "true True TRUE"),
        (False, "false False FALSE"),
        (None, "null Null NULL ~"),
    )
    for word in words.split()
} | {"": None}
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
#: Other spellings of numbers, and signs with a meaning of their own.
_ODD = re.compile(
    r"[-+]?[0-9_.][box]?[0-9a-fA-F_.]*(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF|nan|NaN|NAN)|[-+._=<!&*]+"
)
#: A directive or a tag, which changes how words are read.
_DECLARES = re.compile(r"^%|(?:^|[\s\[{,])!", re.MULTILINE)


class _Unusual(Exception):
    """Better left to the careful reader."""


def quick_values(text: str) -> Any | None:
    """Return the document's plain values; None where it is empty, unusual or wrong."""
    if not yaml.__with_libyaml__ or _DECLARES.search(text):
        return None
    loader = _nodes(text)
    try:
        node = loader.get_single_node()
        return None if node is None else _value(node, set())
    except (yaml.YAMLError, _Unusual, RecursionError, ValueError):
        return None
    finally:
        loader.dispose()


def _nodes(text: str) -> Any:
    from yaml._yaml import CParser
    from yaml.resolver import BaseResolver

    class Loader(CParser, BaseResolver):  # type: ignore[misc]
        def __init__(self) -> None:
            CParser.__init__(self, text)
            BaseResolver.__init__(self)

    return Loader()


def _value(node: Node, seen: set[int]) -> Any:
    if id(node) in seen:
        raise _Unusual  # an alias
    seen.add(id(node))
    if isinstance(node, ScalarNode) and node.tag == "tag:yaml.org,2002:str":
        return node.value if node.style else _scalar(node.value)
    if isinstance(node, SequenceNode) and node.tag == "tag:yaml.org,2002:seq":
        return [_value(item, seen) for item in node.value]
    if isinstance(node, MappingNode) and node.tag == "tag:yaml.org,2002:map":
        keys = [_value(key, seen) for key, _ in node.value]
        if len(set(keys)) < len(keys) or not all(isinstance(key, str) for key in keys):
            raise _Unusual
        return dict(zip(keys, (_value(item, seen) for _, item in node.value), strict=True))
    raise _Unusual


def _scalar(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _ODD.fullmatch(text):
        raise _Unusual
    return text
