"""Reads YAML or JSON safely and reports every fault as `FILE:LINE: key: what is wrong`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.errors import ConfigError
from bot.yaml_quick import quick_values

M = TypeVar("M", bound=BaseModel)

#: A config or pack is written by hand; anything larger is a mistake or an attack.
MAX_BYTES = 2_000_000

#: A token or a password in an address; a fault never repeats such a value.
_SECRET = re.compile(r"\d+:[\w-]{20,}|://[^/\s]*:[^/\s]*@")

#: Faults whose usual words are about Python.
_PLAIN_WORDS = {
    "extra_forbidden": "unknown key; remove it or correct its spelling",
    "missing": "is missing and has no default",
    "model_type": "must be a section of keys and values",
    "dict_type": "must be a section of keys and values",
    "tuple_type": "must be a list",
    "path_type": "must be a file name",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file's mapping of keys to values, with the line of each."""

    path: Path
    node: Any  #: nodes of ruamel.yaml, which know their lines

    def values(self) -> dict[str, Any]:
        """Return plain dicts, lists and scalars."""
        values: dict[str, Any] = _plain(self.node, {})
        return values

    def fault(self, loc: Sequence[str | int], message: str) -> str:
        """Return one fault at the place `loc`: keys and positions from the top."""
        key = ".".join(str(part) for part in loc) or "(top level)"
        return f"{self.path}:{self.line(loc)}: {key}: {message}"

    def line(self, loc: Sequence[str | int]) -> int:
        """Return the 1-based line of the deepest part of `loc` that stands in the document."""
        node, line = self.node, 1
        for part in loc:
            try:
                if isinstance(node, CommentedMap):
                    line = node.lc.key(part)[0] + 1
                elif isinstance(node, CommentedSeq):
                    line = node.lc.item(part)[0] + 1
                else:
                    break
                node = node[part]
            except (KeyError, IndexError, TypeError, AttributeError):
                break
        return line

    def checked(self, model: type[M]) -> M:
        """Validate the document as `model`; raise ConfigError with one line per fault."""
        try:
            return model.model_validate(self.values())
        except ValidationError as error:
            raise ConfigError("\n".join(self._faults(error))) from error

    def _faults(self, error: ValidationError) -> list[str]:
        found = [([p for p in f["loc"] if not _is_type_tag(p)], f) for f in error.errors()]
        # A list counts only what is sound in it; the fault of a part is fault enough.
        found = [
            (loc, f)
            for loc, f in found
            if f["type"] != "too_short" or not any(_is_below(other, loc) for other, _ in found)
        ]
        found.sort(key=lambda one: self.line(one[0]))
        return [self.fault(loc, _message(fault)) for loc, fault in found]


class _Constructor(RoundTripConstructor):
    """Builds plain data only: tags never construct objects, and a date stays as written.

    The library would meet an impossible date without knowing its line.
    """


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_scalar)


def read_document(path: Path) -> Document:
    """Return the mapping in `path`.

    Raises:
        ConfigError: the file cannot be read, or is no mapping of keys to values.
    """
    node = _read_yaml(path)
    if not isinstance(node, dict):
        raise ConfigError(f"{path}:1: must be a mapping of keys to values")
    return Document(path=path, node=node)


def load_checked(path: Path, model: type[M]) -> M:
    """Read `path` and validate it as `model`; raise ConfigError with one line per fault."""
    with suppress(UnicodeDecodeError, ValidationError):
        values = quick_values(_read_bytes(path).decode("utf-8"))
        if values is not None:
            return model.model_validate(values)
    return read_document(path).checked(model)


def _read_bytes(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such file; create it or name another one") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    if len(raw) > MAX_BYTES:
        raise ConfigError(f"{path}: larger than {MAX_BYTES} bytes; is this the right file?")
    return raw


def _read_yaml(path: Path) -> Any:
    raw = _read_bytes(path)
    try:
        reader = YAML(typ="rt", pure=True)
        reader.Constructor = _Constructor
        document = reader.load(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}:{line}: is not UTF-8 text (byte {error.start})") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line_text = f":{mark.line + 1}" if mark else ""
        raise ConfigError(f"{path}{line_text}: {_problem(error)}") from error
    except (YAMLError, RecursionError, ValueError) as error:
        problem = str(error).splitlines()[0]
        raise ConfigError(f"{path}: is not valid YAML: {problem}") from error
    return {} if document is None else document


def _problem(error: MarkedYAMLError) -> str:
    # The library's words quote both values, and one of them may be a secret.
    twice = re.match(r'found duplicate key "(.*?)" with value', error.problem or "")
    if isinstance(error, DuplicateKeyError) and twice:
        return f"{twice[1]}: stands twice; keep one"
    return f"is not valid YAML: {error.problem}"


def _is_type_tag(part: Any) -> bool:
    return isinstance(part, str) and ("[" in part or ("-" in part and part.startswith("function")))


def _is_below(loc: Sequence[Any], other: Sequence[Any]) -> bool:
    return len(loc) > len(other) and list(loc[: len(other)]) == list(other)


def _message(fault: Any) -> str:
    if fault["type"] in _PLAIN_WORDS:
        message = _PLAIN_WORDS[fault["type"]]
    elif fault["type"] == "too_short":
        message = f"must name at least {fault['ctx']['min_length']}"
    else:
        message = fault["msg"].removeprefix("Value error, ")
        message = message.replace("Input should be", "must be").replace("String should", "must")
    given = fault.get("input")
    if fault["type"] in ("extra_forbidden", "missing") or not isinstance(given, str | int | float):
        return message
    if len(str(given)) > 60 or _SECRET.search(str(given)):
        return message
    return f"{message} (got {given!r})"


def _plain(node: Any, done: dict[int, Any]) -> Any:
    """Copy ruamel nodes into plain dicts and lists; what aliases share stays shared.

    A few lines of aliases to aliases stand for billions of values if each is copied.
    """
    if id(node) in done:
        return done[id(node)]
    if isinstance(node, dict):
        values: dict[str, Any] = {}
        done[id(node)] = values
        values.update({str(key): _plain(value, done) for key, value in node.items()})
        return values
    if isinstance(node, list):
        items: list[Any] = []
        done[id(node)] = items
        items.extend(_plain(item, done) for item in node)
        return items
    return node
