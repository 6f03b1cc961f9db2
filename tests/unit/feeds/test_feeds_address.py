"""The address gate: what is public, and that nothing else is ever dialled."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds import address
from bot.feeds.address import GuardedBackend, PrivateAddressError, is_public

REFUSED = [
    # loopback, all of it, and "this host"
    *("127.0.0.1", "127.9.9.9", "0.0.0.0", "0.1.2.3", "::1", "::"),
    # private networks, from edge to edge
    *("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd00::1"),
    # carriers' shared space
    *("100.64.0.1", "100.127.255.255"),
    # link-local, with the metadata service of clouds; a scoped one
    *("169.254.169.254", "fe80::1", "fe80::1%eth0"),
    # old site-local
    "fec0::1",
    # documentation, benchmarks, reserved, broadcast, discard
    *("192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "240.0.0.1"),
    *("255.255.255.255", "2001:db8::1", "100::1", "192.0.0.1"),
    # multicast
    *("224.0.0.1", "ff02::1", "ff0e::1"),
    # IPv4 inside IPv6: mapped, compatible, translated
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1"),
    # NAT64, well-known and local
    *("64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::7f00:1"),
    # tunnels: 6to4 and Teredo, whatever they carry
    *("2002:7f00:1::", "2002:808:808::", "2001:0:53aa:64c::"),
]
PUBLIC = [
    # plain ones
    *("8.8.8.8", "1.1.1.1", "2001:4860:4860::8888", "2a00:1450::1"),
    # neighbours of what is refused
    *("172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1", "11.0.0.1", "128.0.0.1"),
    # public ones inside IPv6
    *("::ffff:8.8.8.8", "64:ff9b::808:808"),
]


@pytest.mark.parametrize("text", REFUSED)
def test_this_address_is_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_this_address_is_public(text: str) -> None:
    assert is_public(ip_address(text))


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_never_makes_it_public(plain: IPv4Address) -> None:
    wrapped = [
        IPv6Address(int(ip_network(prefix).network_address) | int(plain))
        for prefix in ("::ffff:0:0/96", "64:ff9b::/96")
    ]
    assert [is_public(form) for form in wrapped] == [is_public(plain)] * 2
    assert not is_public(IPv6Address(int(plain)))


@given(st.ip_addresses(v=6, network="fc00::/6"))
def test_the_upper_end_of_ipv6_is_never_public(local: IPv6Address) -> None:
    assert not is_public(local)


Dialled = list[str]
Answers = Callable[..., None]


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> Dialled:
    """Record what is connected to, instead of connecting."""
    hosts: Dialled = []

    async def connect(_: Any, host: str, *__: Any) -> None:
        hosts.append(host)
        if host.endswith(".99"):
            raise httpcore.ConnectError("down")

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect)
    return hosts


@pytest.fixture
def resolved(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Let names resolve to these addresses, one list per look-up."""

    def answer(*answers: list[str]) -> None:
        rest = list(answers)

        async def resolve(host: str, port: int) -> list[str]:
            return rest.pop(0)

        monkeypatch.setattr(address, "resolve", resolve)

    return answer


async def test_a_name_is_dialled_by_the_address_that_was_checked(
    dialled: Dialled, resolved: Answers
) -> None:
    resolved(["1.1.1.1"], ["127.0.0.1"])
    await GuardedBackend(allow_private=False).connect_tcp("news.example.org", 443)
    assert dialled == ["1.1.1.1"]


async def test_a_name_that_turns_private_at_the_second_look_up_is_refused(
    dialled: Dialled, resolved: Answers
) -> None:
    resolved(["1.1.1.1"], ["127.0.0.1"])
    backend = GuardedBackend(allow_private=False)
    await backend.connect_tcp("news.example.org", 443)
    with pytest.raises(PrivateAddressError):
        await backend.connect_tcp("news.example.org", 443)
    assert dialled == ["1.1.1.1"]


@pytest.mark.parametrize(
    "addresses",
    [
        # among public ones, in any position
        ["10.0.0.1", "1.1.1.1"],
        ["1.1.1.1", "10.0.0.1"],
        # with a scope
        ["1.1.1.1", "fe80::1%2"],
    ],
)
async def test_one_private_address_refuses_the_whole_name(
    addresses: list[str], dialled: Dialled, resolved: Answers
) -> None:
    resolved(addresses)
    with pytest.raises(PrivateAddressError):
        await GuardedBackend(allow_private=False).connect_tcp("news.example.org", 443)
    assert dialled == []


ODD_FORMS = [
    # decimal, octal, hexadecimal, short
    *("2130706433", "017700000001", "0x7f000001", "0177.0.0.1", "0x7f.1", "127.1", "0"),
    # plain and in IPv6
    *("127.0.0.1", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "10.0.0.1", "169.254.169.254"),
    # a name that the system knows
    "localhost",
]


@pytest.mark.parametrize("host", ODD_FORMS)
async def test_no_spelling_of_a_private_address_is_dialled(host: str, dialled: Dialled) -> None:
    with pytest.raises(PrivateAddressError):
        await GuardedBackend(allow_private=False).connect_tcp(host, 80)
    assert dialled == []


async def test_the_next_address_is_tried_where_one_is_down(
    dialled: Dialled, resolved: Answers
) -> None:
    resolved(["1.1.1.99", "1.1.1.1"])
    await GuardedBackend(allow_private=False).connect_tcp("news.example.org", 443)
    assert dialled == ["1.1.1.99", "1.1.1.1"]


@pytest.mark.parametrize("addresses", [["1.1.1.99", "8.8.8.99"], []])
async def test_a_name_without_a_living_address_is_a_failed_connection(
    addresses: list[str], dialled: Dialled, resolved: Answers
) -> None:
    resolved(addresses)
    with pytest.raises(httpcore.ConnectError) as fault:
        await GuardedBackend(allow_private=False).connect_tcp("news.example.org", 443)
    assert not isinstance(fault.value, PrivateAddressError)
    assert dialled == addresses


async def test_an_operator_may_allow_private_addresses(dialled: Dialled) -> None:
    await GuardedBackend(allow_private=True).connect_tcp("127.0.0.1", 80)
    assert dialled == ["127.0.0.1"]


@pytest.mark.parametrize("allow_private", [False, True])
async def test_a_local_socket_is_never_opened(allow_private: bool) -> None:
    with pytest.raises(PrivateAddressError):
        await GuardedBackend(allow_private).connect_unix_socket("/run/secret.sock")
