"""The process that reads the folder: whatever a module leaves it with, the server is told, and no stack is shown."""

from __future__ import annotations

import asyncio

import pytest

from flowstd.base.process import Limits
from flowstd.serve.process import Lost, Process
from tests.catalogues import GOOD_PYTHON, catalogue
from tests.serve.running import FILES


@pytest.mark.parametrize(("work", "said"), [
    ("import os\nos.closerange(3, 256)\n", "ended (1)"),
    ("class S(str): pass\nitem = item.model_copy(update={'name': S('游泳')})\n", "cannot be sent")])
def test_what_cannot_be_answered_is_told_without_a_stack(tmp_path, capfd, work, said):
    folder = catalogue(tmp_path / "c", {**FILES, "b.py": GOOD_PYTHON.replace("chart =", f"{work}chart =")})
    process = Process(folder, Limits())
    try:
        with pytest.raises(Lost) as caught:
            asyncio.run(process.ask("look", {}))
    finally:
        process.close()

    assert said in caught.value.what.en
    assert "Traceback" not in capfd.readouterr().err
