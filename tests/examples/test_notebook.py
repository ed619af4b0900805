"""The example notebook runs from top to bottom, and shows what it says."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.conftest import EXAMPLES, ROOT


@pytest.fixture(scope="module")
def outputs() -> list[list[Any]]:
    """What each cell of code shows."""
    notebook = nbformat.read(EXAMPLES / "notebook.ipynb", as_version=4)
    nbformat.validate(notebook)
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}})
    client.execute()
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]


def shown(output: list[Any], kind: str) -> str:
    return str(output[-1]["data"].get(kind, ""))


def test_flows_cases_charts_and_blocks_show_as_pictures(outputs: list[list[Any]]) -> None:
    for output in (outputs[1], outputs[2], outputs[5]):
        assert shown(output, "image/svg+xml").startswith("<svg ")
        assert shown(output, "text/plain")
    assert "提交申请" in shown(outputs[1], "image/svg+xml")
    assert "集体会签" in shown(outputs[5], "image/svg+xml")


def test_findings_show_with_law_and_remedy(outputs: list[list[Any]]) -> None:
    told = shown(outputs[3], "text/plain")

    assert "PRC002" in told
    assert "《行政许可法》第三十二条" in told
    assert "acceptance-incomplete" in told


def test_findings_show_as_a_table(outputs: list[list[Any]]) -> None:
    table = shown(outputs[3], "text/html")

    assert table.startswith("<table>") and "PRC002 acceptance-incomplete" in table


def test_two_versions_show_as_a_marked_chart_and_a_table(outputs: list[list[Any]]) -> None:
    page = shown(outputs[6], "text/html")

    assert "<svg " in page and "<table" in page and "现场勘验" in page
    assert "现场勘验" in shown(outputs[6], "text/plain")


def test_the_table_of_steps_is_printed(outputs: list[list[Any]]) -> None:
    assert "1 提交申请 申请人" in outputs[4][-1]["text"]


def test_the_notebook_is_kept_without_outputs() -> None:
    notebook = nbformat.read(EXAMPLES / "notebook.ipynb", as_version=4)

    assert all(not cell.outputs and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")
