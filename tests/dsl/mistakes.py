"""Authors' mistakes as little files: what is wrong stands between « and »."""

from __future__ import annotations

from pathlib import Path

import pytest

from flowstd.base.errors import FlowstdError

HEAD = "from flowstd.dsl import *\nfrom flowstd.base.legal import LegalSource\n\n"


def raised(folder: Path, written: str) -> FlowstdError:
    """The error that *written*, saved as a file and run, raises."""
    path = folder / "ski.py"
    source = HEAD + written.replace("«", "").replace("»", "")
    path.write_text(source, encoding="utf-8")
    with pytest.raises(FlowstdError) as caught:
        exec(compile(source, str(path), "exec"), {})
    return caught.value


def place(written: str) -> tuple[int, int, int]:
    """Line, column and end column of what stands between the marks; the end is that of the last line."""
    before, marked, _ = (HEAD + written).replace("»", "«").split("«")
    lines = before.split("\n")
    last = marked.split("\n")[-1] if "\n" in marked else lines[-1] + marked
    return len(lines), len(lines[-1]) + 1, len(last) + 1
