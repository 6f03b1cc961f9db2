"""Reads the parameters of a call from its query and its form, multipart or JSON body."""

from __future__ import annotations

import json
from typing import Any

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from bot.preview.params import Params, RefusedError, Upload, bad_request

#: A body larger than this is refused.
LARGEST_BODY = 12_000_000
#: Fields that are not files.
LARGEST_FIELD = 1_000_000


async def read_params(request: Request) -> Params:
    """Return the parameters of one request.

    Raises:
        RefusedError: the body is too large or cannot be read.
    """
    values: dict[str, Any] = dict(request.query_params)
    files: dict[str, Upload] = {}
    if int(request.headers.get("content-length") or 0) > LARGEST_BODY:
        raise RefusedError(413, "Request Entity Too Large")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        values |= _json_object(await request.body())
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        await _read_form(request, values, files)
    return Params(values, files)


async def _read_form(request: Request, values: dict[str, Any], files: dict[str, Upload]) -> None:
    try:
        async with request.form(max_part_size=LARGEST_FIELD) as form:
            for name, value in form.items():
                if isinstance(value, UploadFile):
                    data = await value.read()
                    files[name] = Upload(filename=value.filename or "", data=data)
                    values.setdefault(name, f"<{len(data)} bytes>")
                else:
                    values[name] = value
    except MultiPartException as error:
        raise bad_request(f"can't parse multipart request: {error.message}") from None


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise bad_request("can't parse request parameters JSON object")
    return value
