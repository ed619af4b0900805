"""What every test may use: the places of things, and how to say what a test needs."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
GOLDEN = ROOT / "tests" / "golden"
SHARED = ROOT.parent / "shared"            # reference material beside the project; may be absent

collect_ignore_glob = ["golden/*", "node/*"]

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True,
                          suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def need(available: bool, what: str) -> None:
    """Skip the test where *what* is not available; fail it where everything must be (``FLOWSTD_REQUIRE_ALL``)."""
    if not available:
        (pytest.fail if os.environ.get("FLOWSTD_REQUIRE_ALL") else pytest.skip)(f"needs {what}")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``pytest --accept`` writes the goldens anew; look at them before you commit."""
    parser.addoption("--accept", action="store_true", help="write goldens anew instead of comparing with them")


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or writes the cache of the person who runs it."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def approved(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with the one we approved: ``approved(path, text)``."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--accept"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert path.is_file(), f"no golden yet: look at it, then run pytest --accept to write {path.relative_to(ROOT)}"
        assert text == path.read_bytes().decode("utf-8")

    return compare
