"""Methods by which the bot learns of updates and answers presses."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from bot.preview.params import Params, RefusedError, bad_request
from bot.preview.updates import LONGEST_POLL
from bot.preview.world import World

_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


async def get_updates(world: World, params: Params) -> list[dict[str, Any]]:
    """Return what people wrote, waiting for it."""
    if world.webhook:
        raise RefusedError(409, _WEBHOOK_ACTIVE)
    _allow(world, params)
    return await world.updates.poll(
        offset=params.integer("offset"),
        limit=params.between("limit", 100, 1, 100),
        seconds=params.between("timeout", 0, 0, LONGEST_POLL),
    )


async def set_webhook(world: World, params: Params) -> bool:
    """Keep the address of a webhook; updates are not delivered there."""
    url, secret = params.text("url"), params.text("secret_token")
    if url and (urlsplit(url).scheme != "https" or not urlsplit(url).netloc):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    _allow(world, params)
    if url:
        world.updates.end_poll("Conflict: terminated by setWebhook request")
    return _set_webhook(world, params, url)


async def delete_webhook(world: World, params: Params) -> bool:
    """Forget the webhook, and the waiting updates if asked to."""
    return _set_webhook(world, params, "")


async def get_webhook_info(world: World, params: Params) -> dict[str, object]:
    """Describe the webhook."""
    return {
        "url": world.webhook,
        "has_custom_certificate": False,
        "pending_update_count": world.updates.pending,
    }


async def answer_callback_query(world: World, params: Params) -> bool:
    """Answer a press of a button."""
    world.callbacks.answer(params.text("callback_query_id"), params.text("text"))
    return True


def _set_webhook(world: World, params: Params, url: str) -> bool:
    world.webhook = url
    if params.flag("drop_pending_updates"):
        world.updates.drop()
    return True


def _allow(world: World, params: Params) -> None:
    allowed = params.nested("allowed_updates", "allowed updates")
    if allowed is not None:
        # Remembered until the bot names other kinds; an empty list means all.
        world.updates.allow([str(kind) for kind in allowed] if isinstance(allowed, list) else [])
