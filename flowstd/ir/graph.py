"""Questions about a flow: orders, loops, dead ends."""

from __future__ import annotations
