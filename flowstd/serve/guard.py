"""Who may ask: this machine's own page, and nothing else.

A page from elsewhere may send a request to loopback, but not with our name in
``Host`` (names that are bound anew), nor with our origin, nor can it frame or read us.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                               "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}
NAMES = ("127.0.0.1", "localhost")


class Guard:
    """Answers 403 to whoever is not the page that this server gave out on *port*."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self.app = app
        self.hosts = tuple(f"{name}:{port}".encode() for name in NAMES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass, with the headers that every answer has."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()),
                                      *((name.encode(), value.encode()) for name, value in HEADERS.items())]
            await send(message)

        if self._may(scope):
            await self.app(scope, receive, guarded)
            return
        await guarded({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
        await guarded({"type": "http.response.body", "body": b"forbidden\n"})

    def _may(self, scope: Scope) -> bool:
        sent: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            sent.setdefault(name.lower(), []).append(value)
        if len(sent.get(b"host", ())) != 1 or sent[b"host"][0].lower() not in self.hosts:
            return False
        if any(origin not in [b"http://" + host for host in self.hosts] for origin in sent.get(b"origin", ())):
            return False
        sites = sent.get(b"sec-fetch-site", [])
        return all(site in (b"same-origin", b"none") for site in sites) or (
            scope["path"] == "/" and sent.get(b"sec-fetch-mode") == [b"navigate"])      # a link that leads here
