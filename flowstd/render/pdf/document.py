"""One PDF document: what it is called, and that equal pages give equal bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from flowstd.base.extras import need
from flowstd.layout.measure import clean

from .pen import Pen


class Document:
    """A document while it is written, and its bytes when it is done."""

    def __init__(self, canvas: Any, file: BytesIO) -> None:
        self.pen = Pen(canvas)
        self._file = file

    def bytes(self) -> bytes:
        """The whole file."""
        return self._file.getvalue()


@contextmanager
def document(title: str, *, subject: str = "", author: str = "") -> Iterator[Document]:
    """Write a document called *title*; its pages are drawn with ``.pen``.

    Raises: MissingExtra: reportlab is not installed.
    """
    need("pdf")
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file, invariant=1, pageCompression=1, lang="zh-CN", initialFontName="Helvetica")
    canvas.setTitle(clean(title))
    canvas.setSubject(clean(subject))
    canvas.setAuthor(clean(author))
    canvas.setCreator("flowstd")
    canvas.setProducer("reportlab")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    made = Document(canvas, file)
    yield made
    canvas.save()
