"""Verbs of later stages, found when they are called: also by several threads at once."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

from flowstd.base.late import late


def test_a_thread_waits_for_what_another_one_is_about_to_import(tmp_path, monkeypatch):
    (tmp_path / "slow_to_import.py").write_text("import time\ntime.sleep(0.3)\nverb = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(late, "slow_to_import:verb")
        while "slow_to_import" not in sys.modules:
            pass

        assert (late("slow_to_import:verb"), first.result()) == (1, 1)
