"""robots.txt for article pages: asked once per host and day, kept in memory, bounded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

KEEP = timedelta(days=1)
MAX_HOSTS = 500
#: Google's limit for robots.txt; more is not read.
MAX_BYTES = 512_000


class Robots:
    """Answers whether a page may be fetched."""

    def __init__(self, user_agent: str, fetch: Callable[[str], Awaitable[bytes | None]]) -> None:
        self._user_agent = user_agent
        self._fetch = fetch
        self._rules: OrderedDict[str, tuple[datetime, Protego]] = OrderedDict()

    async def allows(self, url: str, now: datetime) -> bool:
        """Tell whether the host's robots.txt allows `url`; a missing file allows everything."""
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        known = self._rules.get(root)
        if known is None or now - known[0] > KEEP:
            body = await self._fetch(f"{root}/robots.txt")
            text = (body or b"")[:MAX_BYTES].decode("utf-8", "replace")
            self._rules[root] = known = (now, Protego.parse(text))
            while len(self._rules) > MAX_HOSTS:
                self._rules.popitem(last=False)
        return bool(known[1].can_fetch(url, self._user_agent))
