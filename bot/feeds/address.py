"""The address gate: only public addresses are ever dialled, whatever a name resolves to.

The check sits in the dialler: the address checked is the address connected to, so a name that
changes between two look-ups gains nothing, and every redirect hop passes again.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

import httpcore
import httpx

NAT64 = ip_network("64:ff9b::/96")
SHARED = ip_network("100.64.0.0/10")
#: The only part of IPv6 that is routed; the rest holds old and local ways to write IPv4.
ROUTED = ip_network("2000::/3")


class PrivateAddressError(httpcore.ConnectError):
    """The name resolves to an address that is not public."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address lies in the public internet."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address.sixtofour is not None or address.teredo is not None or address not in ROUTED:
            return False
    elif address in SHARED:
        return False
    return address.is_global and not address.is_multicast


async def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a name, as the system resolver gives them."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpcore.ConnectError(f"name not found: {host}") from error
    return list(dict.fromkeys(str(info[4][0]) for info in found))


class GuardedBackend(httpcore.AnyIOBackend):
    """Dials only public addresses; the one place where feeds and pages are connected to."""

    def __init__(self, allow_private: bool) -> None:
        self._allow_private = allow_private

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, check every address, then connect to the first one checked."""
        addresses = await resolve(host, port)
        if not self._allow_private:
            for address in addresses:
                # A scope such as fe80::1%eth0 only ever marks local addresses.
                if "%" in address or not is_public(ip_address(address)):
                    raise PrivateAddressError(f"{host} is not a public address")
        fault: Exception = httpcore.ConnectError(f"no address for {host}")
        for address in addresses:
            try:
                return await super().connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
        raise fault

    async def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore.AsyncNetworkStream:
        """Refuse: no feed lives in a local socket."""
        raise PrivateAddressError("local sockets are never dialled")


def guarded_transport(allow_private: bool, connections: int) -> httpx.AsyncHTTPTransport:
    """Return an httpx transport whose connections pass the gate."""
    transport = httpx.AsyncHTTPTransport(trust_env=False)
    transport._pool = httpcore.AsyncConnectionPool(
        ssl_context=httpx.create_ssl_context(trust_env=False),
        max_connections=connections,
        max_keepalive_connections=connections,
        keepalive_expiry=10,
        network_backend=GuardedBackend(allow_private),
    )
    return transport
