"""Canonical bytes of a value, and their hash."""

from __future__ import annotations

import json
from hashlib import blake2b
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
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return blake2b(data, digest_size=16).hexdigest()
