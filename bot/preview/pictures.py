"""Uploaded pictures: recognised by their bytes, refused as the server refuses them. Pure."""

from __future__ import annotations

import hashlib
import struct

from bot.preview.chats import Photo
from bot.preview.params import bad_request

LARGEST_PICTURE = 10_000_000  #: bytes
LONGEST_SIDES = 10_000  #: width and height together
WIDEST_RATIO = 20

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
#: JPEG markers that begin a frame, whose header carries the size.
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def read_picture(data: bytes, number: int) -> Photo:
    """Return an uploaded picture.

    Raises:
        RefusedError: it is too large, misshapen, or no picture.
    """
    if not data:
        raise bad_request("file must be non-empty")
    if len(data) > LARGEST_PICTURE:
        raise bad_request("file is too big")
    size = _png_size(data) or _gif_size(data) or _jpeg_size(data)
    if size is None or not all(size):
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > LONGEST_SIDES or max(size) > WIDEST_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    digest = hashlib.sha256(data).hexdigest()
    return Photo(
        file_id=f"AgAC{number:06d}{digest[:20]}",
        unique_id=f"AQAD{digest[:12]}",
        width=width,
        height=height,
        data=data,
    )


def _png_size(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(_PNG) or len(data) < 24:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return int(width), int(height)


def _gif_size(data: bytes) -> tuple[int, int] | None:
    if data[:6] not in (b"GIF87a", b"GIF89a") or len(data) < 10:
        return None
    width, height = struct.unpack("<HH", data[6:10])
    return int(width), int(height)


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(_JPEG):
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None
