"""WARC digests: whether bytes are what `WARC-Block-Digest` or `WARC-Payload-Digest` says.

Values are base32, hexadecimal or base64.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

# sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ   sha-256:9f86d0818…   md5:1B2M2Y8AsgTpgAmY7PhCfg==
_LABEL = re.compile(r"\s{0,9}([A-Za-z0-9-]{2,12}):([A-Za-z0-9+/=_-]{16,200})\s{0,9}")
_KNOWN = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}


def matches(label: str | None, *candidates: bytes) -> bool | None:
    """True when the digest is that of one of the candidates, False when of none, None when the label says nothing usable."""
    match = _LABEL.fullmatch(label or "")
    if match is None:
        return None
    algorithm = match[1].lower().replace("-", "")
    expected = _values(match[2])
    if algorithm not in _KNOWN or not any(len(value) == hashlib.new(algorithm).digest_size for value in expected):
        return None
    return any(hashlib.new(algorithm, candidate).digest() in expected for candidate in candidates)


def _values(text: str) -> set[bytes]:
    """Every reading of the text: the notation is not marked, but the right one gives the right length."""
    values = set()
    for decode in (bytes.fromhex, _base32, _base64):
        try:
            values.add(decode(text))
        except (ValueError, binascii.Error):
            continue
    return values


def _base32(text: str) -> bytes:
    bare = text.rstrip("=")
    return base64.b32decode(bare + "=" * (-len(bare) % 8), casefold=True)


def _base64(text: str) -> bytes:
    bare = text.rstrip("=").replace("-", "+").replace("_", "/")
    return base64.b64decode(bare + "=" * (-len(bare) % 4))
