"""The one error of the models room; its message names the fault and the fix."""

from __future__ import annotations


class ModelError(Exception):
    """The model cannot be loaded. Check `model` in config.yaml."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)
