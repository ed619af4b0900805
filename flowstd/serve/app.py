"""The page and its questions as a web application; nothing in an address names a file."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from flowstd.base.extras import available
from flowstd.base.text import preferred
from flowstd.pipeline import DOWN, FORMATS, INTERNAL, THEME

from .guard import Guard
from .preview import Line, Preview
from .values import File, Looks
from .words import words

PAGE = Path(__file__).with_name("page")
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
EXPORTS = ("svg", "png", "pdf", "bpmn")
MEDIA = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf", "bpmn": "application/xml"}
SHOWN = 500                        # lines of the list that are sent at a time


def app(preview: Preview, port: int) -> Starlette:
    """The application that shows *preview* on *port* of loopback."""
    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        await preview.open()
        yield
        preview.close()

    answers = _Answers(preview)
    routes = [Route("/", answers.page), Route("/words", answers.words), Route("/items", answers.items),
              Route("/chart", answers.chart), Route("/export", answers.export), Route("/events", answers.events),
              *(Route(f"/{path.name}", _file(path)) for path in sorted(PAGE.iterdir()) if path.suffix in KINDS)]
    return Starlette(routes=routes, middleware=[Middleware(Guard, port=port)], lifespan=life)


class _Answers:
    """One method an address."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview

    async def page(self, request: Request) -> Response:
        text = (PAGE / "index.html").read_text("utf-8")
        said = {"language": "zh-CN" if preferred() == "zh" else "en", **words()}
        for name, word in said.items():
            text = text.replace("{{" + name + "}}", escape(word))
        return Response(text, media_type="text/html")

    async def words(self, request: Request) -> Response:
        return JSONResponse(words())

    async def items(self, request: Request) -> Response:
        """The list: those that match ``q``, and with ``faulty`` only those with something wrong."""
        sought = request.query_params.get("q", "").casefold().split()
        faulty = "faulty" in request.query_params
        lines = list(self.preview.lines)
        found = [line for line in lines if _matches(line, sought) and not (faulty and not _wrong(line))]
        listing = self.preview.listing
        return JSONResponse({
            "version": self.preview.version, "title": listing.title, "folder": self.preview.folder.name,
            "themes": listing.themes, "faults": listing.faults, "looks": listing.looks._asdict(),
            "total": len(lines), "failed": sum(line.failed for line in lines), "found": len(found),
            "lines": [_listed(line) for line in found[:SHOWN]],
            "exports": [{"format": name, "paged": FORMATS[name].paged, "missing": _missing(name)} for name in EXPORTS]})

    async def chart(self, request: Request) -> Response:
        """One chart; with ``have``, the stamp of what the page shows, nothing where that is the newest."""
        looks, entry = self._looks(request), self.preview.find(request.query_params.get("item", ""))
        if looks is None:
            return JSONResponse({"error": "looks"}, 400)
        if entry is None:
            return JSONResponse({"error": "gone"}, 404)
        shown = await self.preview.show(entry, looks)
        stamp = entry.stamp if shown.newest else ""
        if stamp and stamp == request.query_params.get("have"):
            return Response(status_code=204)
        drawn = shown.drawn._asdict() if shown.drawn is not None else None
        return JSONResponse({"entry": entry._asdict(), "stamp": stamp, "chart": drawn, "faults": shown.faults})

    async def export(self, request: Request) -> Response:
        asked = request.query_params
        looks, entry = self._looks(request), self.preview.find(asked.get("item", ""))
        format_, page = asked.get("format", ""), asked.get("page", "1")
        if looks is None or format_ not in EXPORTS or not page.isdecimal() or len(page) > 4:
            return JSONResponse({"error": "wrong"}, 400)
        if entry is None:
            return JSONResponse({"error": "gone"}, 404)
        made = await self.preview.export(entry, looks, format_, max(1, int(page)))
        if not isinstance(made, File):
            return JSONResponse(made, 409)
        return Response(made.data, media_type=MEDIA[format_],
                        headers={"content-disposition": f"attachment; filename*=UTF-8''{quote(made.name, safe='')}"})

    async def events(self, request: Request) -> Response:
        """A word whenever there is something new."""
        async def stream() -> AsyncIterator[str]:
            version = -1
            while not self.preview.closed:
                version = await self.preview.after(version)
                yield f"data: {json.dumps(version)}\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream")

    def _looks(self, request: Request) -> Looks | None:
        asked = request.query_params
        looks = Looks(asked.get("view") or INTERNAL, asked.get("direction") or DOWN, asked.get("theme") or THEME)
        return looks if looks.known(self.preview.listing.themes) else None


def _file(path: Path) -> Any:
    """The answer that is always this file."""
    async def answer(request: Request) -> Response:
        return Response(path.read_bytes(), media_type=KINDS[path.suffix])

    return answer


def _listed(line: Line) -> dict[str, Any]:
    """A line without its stamp: a save that changes no word of the list leaves it as it is."""
    told = {**line.entry._asdict(), "failed": line.failed, "errors": line.errors, "warnings": line.warnings}
    del told["stamp"]
    return told


def _matches(line: Line, sought: list[str]) -> bool:
    if not sought:
        return True
    entry = line.entry
    text = "\n".join((entry.title, entry.scenario, entry.code, entry.authority, entry.file)).casefold()
    return all(word in text for word in sought)


def _wrong(line: Line) -> bool:
    return line.failed or line.errors > 0 or line.warnings > 0


def _missing(format_: str) -> str:
    """The command that installs what *format_* needs; nothing where it is there."""
    extra = FORMATS[format_].extra
    return "" if available(extra) else f'pip install "flowstd[{extra}]"'
