"""Which addresses may be asked: only http(s), and no machine of the own network unless that is allowed."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit


class Refused(Exception):
    """An address that is not asked, and why."""


def check(url: str, *, allow_private: bool) -> None:
    """Raise Refused for an address that must not be asked, by its form or by what its host resolves to."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused(f"is no address ({error})") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused("is no http or https address")
    if parts.username or parts.password:
        raise Refused("holds a user name or a password")
    if allow_private:
        return
    try:
        found = socket.getaddrinfo(parts.hostname, port or parts.scheme, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"its host cannot be found ({error})") from error
    for *_, place in found:
        check_peer(str(place[0]))


def check_peer(address: str) -> None:
    """Raise Refused for the IP address of a machine that is not on the open net."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if not ip.is_global or ip.is_multicast:
        raise Refused(f"leads to {ip}, which is not on the open net (allow_private allows it)")
