"""What ``flowstd serve`` refuses, before it serves anything."""

from __future__ import annotations

import socket

from flowstd.base import extras
from tests.catalogues import catalogue
from tests.serve.running import FILES


def test_a_port_that_is_taken(tmp_path, run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = run("serve", catalogue(tmp_path / "c", FILES), "--port", str(port))

    assert ran.code == 3 and f"port {port}" in ran.err and "--port" in ran.err


def test_without_the_extra_it_says_what_to_install(tmp_path, run, monkeypatch):
    monkeypatch.setitem(extras.MODULES, "serve", "no_such_module")
    ran = run("serve", tmp_path)

    assert ran.code == 2 and 'pip install "flowstd[serve]"' in ran.err and ran.err.count("\n") == 1


def test_a_folder_that_is_no_catalogue(tmp_path, run):
    ran = run("serve", tmp_path)

    assert ran.code == 2 and "flowstd new" in ran.err
