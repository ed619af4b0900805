"""What the README shows is run: its examples draw, and its commands are those that the proof runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

READMES = ("README.md", "README.zh.md")


@pytest.mark.parametrize("name", READMES)
def test_the_examples_draw(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    for number, block in enumerate(blocks):
        file = tmp_path / f"example_{number}.py"
        file.write_text(block, "utf-8")
        exec(compile(block, str(file), "exec"), {"__name__": "example"})

    assert blocks
    assert [path for path in tmp_path.glob("*.svg") if path.read_text("utf-8").startswith("<")]


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_are_those_of_the_proof(name: str) -> None:
    readme, proof = (ROOT / name).read_text("utf-8"), (ROOT / ".ci" / "run").read_text("utf-8")

    assert "pip install . && flowstd build examples/bureau -o charts" in readme
    assert "flowstd\" build examples/bureau -o" in proof
    assert 'pip install -e ".[dev]" && pytest' in readme
    assert 'pip" install -q -e ".[dev]"' in proof


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / name).read_text("utf-8"))

    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
