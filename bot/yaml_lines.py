"""Reads YAML or JSON safely and reports every fault as `FILE:LINE: key: what is wrong`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.errors import ConfigError

M = TypeVar("M", bound=BaseModel)

#: A config or pack is written by hand; anything larger is a mistake or an attack.
MAX_BYTES = 2_000_000


def read_yaml(path: Path) -> Any:
    """Return the document in `path` with line numbers kept on its nodes."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such file; create it or name another one") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    if len(raw) > MAX_BYTES:
        raise ConfigError(f"{path}: larger than {MAX_BYTES} bytes; is this the right file?")
    try:
        # The round-trip loader builds plain data only: tags never construct objects.
        document = YAML(typ="rt", pure=True).load(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 text (byte {error.start})") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        raise ConfigError(f"{path}{line}: is not valid YAML: {error.problem}") from error
    except (YAMLError, RecursionError) as error:
        raise ConfigError(f"{path}: is not valid YAML: {error}") from error
    return {} if document is None else document


def load_checked(path: Path, model: type[M]) -> M:
    """Read `path` and validate it as `model`; raise ConfigError with one line per fault."""
    document = read_yaml(path)
    if not isinstance(document, dict):
        raise ConfigError(f"{path}:1: must be a mapping of keys to values")
    try:
        return model.model_validate(_plain(document))
    except ValidationError as error:
        faults = [_fault(path, document, fault) for fault in error.errors()]
        raise ConfigError("\n".join(faults)) from error


def _fault(path: Path, document: Any, fault: Any) -> str:
    loc = [part for part in fault["loc"] if not _is_type_tag(part)]
    line = _line_of(document, loc)
    key = ".".join(str(part) for part in loc) or "(top level)"
    return f"{path}:{line}: {key}: {_message(fault)}"


def _is_type_tag(part: Any) -> bool:
    return isinstance(part, str) and ("[" in part or ("-" in part and part.startswith("function")))


def _message(fault: Any) -> str:
    if fault["type"] == "extra_forbidden":
        return "unknown key; remove it or correct its spelling"
    if fault["type"] == "missing":
        return "is missing and has no default"
    message: str = fault["msg"].removeprefix("Value error, ")
    message = message[0].lower() + message[1:]
    given = fault.get("input")
    if isinstance(given, (str, int, float, bool)) and len(str(given)) <= 60:
        return f"{message} (got {given!r})"
    return message


def _line_of(document: Any, loc: Sequence[Any]) -> int:
    """Return the 1-based line of the deepest part of `loc` that stands in the document."""
    node, line = document, 1
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


def _plain(node: Any) -> Any:
    """Copy ruamel nodes into plain dicts and lists."""
    if isinstance(node, dict):
        return {str(key) if not isinstance(key, str) else key: _plain(v) for key, v in node.items()}
    if isinstance(node, list):
        return [_plain(item) for item in node]
    return node
