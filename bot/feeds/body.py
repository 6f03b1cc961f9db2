"""Reads an HTTP body under limits of our own.

A size check on decoded chunks is no limit: two kilobytes of stacked gzip decode to a gigabyte
before the loop sees a byte. So raw bytes are read, and inflated in bounded steps.
"""

from __future__ import annotations

import zlib

import httpx

from bot.errors import FetchError

#: Inflate at most this much per step.
STEP = 262_144


async def read_body(response: httpx.Response, url: str, max_raw: int, max_decoded: int) -> bytes:
    """Return the decoded body.

    Raises:
        FetchError: `unknown_encoding`, `too_large`, `too_large_decoded` or `bad_gzip`.
    """
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(url, "unknown_encoding", encoding[:40])
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > max_raw:
        raise FetchError(url, "too_large", f"{declared} bytes")
    raw = bytearray()
    async for chunk in response.aiter_raw():
        raw += chunk
        if len(raw) > max_raw:
            raise FetchError(url, "too_large", f"over {max_raw} bytes")
    return inflate(bytes(raw), url, max_decoded) if "gzip" in encoding else bytes(raw)


def inflate(raw: bytes, url: str, max_decoded: int) -> bytes:
    """Return gunzipped bytes, never holding more than `max_decoded` of them."""
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    decoded, rest = bytearray(), raw
    try:
        while rest and not inflater.eof:
            decoded += inflater.decompress(rest, STEP)
            rest = inflater.unconsumed_tail
            if len(decoded) > max_decoded:
                raise FetchError(url, "too_large_decoded", f"over {max_decoded} bytes")
    except zlib.error as error:
        raise FetchError(url, "bad_gzip") from error
    return bytes(decoded)
