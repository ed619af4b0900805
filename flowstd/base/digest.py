"""Canonical bytes of a value, and their hash."""

from __future__ import annotations

import json
from hashlib import blake2b, sha256
from typing import Any


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces: equal values give equal text, on every machine.

    >>> canonical({"b": 1, "a": "受理"})
    '{"a":"受理","b":1}'
    """
    return _ENCODED(value)


_ENCODED = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def digest(text: str | bytes) -> str:
    """32 hexadecimal digits of BLAKE2b.

    >>> digest("受理")[:8] == digest("受理".encode())[:8]
    True
    """
    return blake2b(_bytes(text), digest_size=_SIZE).hexdigest()


def file_digest(data: bytes) -> str:
    """32 hexadecimal digits that tell a file from any other: of SHA-256, which processors have an instruction for.

    >>> file_digest(b"")[:8]
    'e3b0c442'
    """
    return sha256(data, usedforsecurity=False).hexdigest()[:2 * _SIZE]


class Begun:
    """The digest of many texts that begin alike, whose beginning is hashed once.

    >>> Begun("受").digest("理") == digest("受理")
    True
    """

    def __init__(self, beginning: str) -> None:
        self._state = blake2b(_bytes(beginning), digest_size=_SIZE)

    def digest(self, rest: str) -> str:
        """The digest of the beginning and *rest*."""
        state = self._state.copy()
        state.update(_bytes(rest))
        return state.hexdigest()


def _bytes(text: str | bytes) -> bytes:
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text


_SIZE = 16                   # bytes
