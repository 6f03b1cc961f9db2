"""The only calls of transformers' loaders: safetensors only, no remote code, offline by default.

Imported by the engines when they load; importing this module alone loads neither torch nor
transformers.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

from models.errors import ModelError
from models.precision import Precision, PrecisionChoice, WantedPrecision, choose_precision


def load_local(
    source: str, *, head: Literal["encoder", "classifier"], local_only: bool = True
) -> tuple[Any, Any]:
    """Return (model, tokenizer) from a folder, or from the hub when `local_only` is false.

    Raises:
        ModelError: the source cannot be loaded, with what is wrong.
    """
    with _quiet():
        from transformers import AutoModel, AutoModelForSequenceClassification, AutoTokenizer

        kind = AutoModel if head == "encoder" else AutoModelForSequenceClassification
        options: dict[str, Any] = {"local_files_only": local_only, "trust_remote_code": False}
        try:
            tokenizer = AutoTokenizer.from_pretrained(source, **options)
            model = kind.from_pretrained(source, use_safetensors=True, **options)
        except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
            raise ModelError(f"{source}: cannot be loaded: {_first_line(error)}") from error
    model.eval()
    return model, tokenizer


def in_precision(
    model: Any, wanted: WantedPrecision, probe: Callable[[Any], Any]
) -> tuple[Any, PrecisionChoice]:
    """Return the model in the precision to use; "auto" times `probe` in both."""
    import torch

    models: dict[Precision, Any] = {"fp32": model.to(torch.float32)}
    if wanted != "fp32":
        models["bf16"] = copy.deepcopy(model).to(torch.bfloat16)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # as in the lanes that will run it
    try:
        choice = choose_precision(wanted, lambda p: probe(models[p]), time.perf_counter)
    finally:
        torch.set_num_threads(threads)
    return models[choice.precision], choice


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep transformers' progress bars and load reports out of the operator's terminal."""
    from transformers.utils import logging as untyped

    logging: Any = untyped
    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
