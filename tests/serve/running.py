"""``flowstd serve`` as a person starts it, and the ways to ask it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from tests.catalogues import CONFIG, GOOD_PYTHON, GOOD_ROW, GOOD_YAML, HEADINGS, catalogue
from tests.conftest import ROOT

FILES = {"items.csv": HEADINGS + GOOD_ROW, "a.yaml": GOOD_YAML, "b.py": GOOD_PYTHON}
B = "b.py#T-3.查询"                       # the id of the item in b.py


class Running:
    """One server and its folder."""

    def __init__(self, process: subprocess.Popen[str], folder: Path, port: int) -> None:
        self.process, self.folder, self.port = process, folder, port

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def ask(self, path: str, **headers: str) -> HTTPResponse:
        """The answer to a request, with just these headers and ``Host`` where none is given."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": f"127.0.0.1:{self.port}", **headers}.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        answer.body = answer.read()                                  # type: ignore[attr-defined]
        connection.close()
        return answer

    def json(self, path: str, **query: str) -> Any:
        return json.loads(self.ask(f"{path}?{urlencode(query)}").body)      # type: ignore[attr-defined]

    def until(self, path: str, holds: Any, **query: str) -> Any:
        """What *path* says as soon as it *holds*."""
        for _ in range(600):
            told = self.json(path, **query)
            if holds(told):
                return told
            time.sleep(0.02)
        raise AssertionError(f"{path} never came to be so: {told}")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def stop(self) -> int:
        """End it as Ctrl-C does; its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)


@contextmanager
def running(folder: Path, files: dict[str, str | bytes] | None = None, config: str = CONFIG) -> Iterator[Running]:
    """A server of a small catalogue in *folder*, on a free port, in English."""
    catalogue(folder, FILES if files is None else files, config)
    words = [sys.executable, "-m", "flowstd", "serve", str(folder), "--port", "0"]
    with subprocess.Popen(words, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={**os.environ, "FLOWSTD_LANG": "en"}) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
            assert found, said
            yield Running(process, folder, int(found[1]))
        finally:
            process.kill()


def chart_path(item: str = B, **query: str) -> str:
    return f"/chart?item={quote(item)}&{urlencode(query)}"
