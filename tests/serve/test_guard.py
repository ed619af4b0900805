"""Only the page that the server gave out may ask it, and nothing it may ask leads to a file."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.serve.running import B, Running, chart_path, running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("guard") / "c") as one:
        yield one


@pytest.mark.parametrize("host", ["127.0.0.1:{}", "localhost:{}", "LOCALHOST:{}"])
def test_our_own_names_are_answered(server, host):
    assert server.ask("/items", Host=host.format(server.port)).status == 200


@pytest.mark.parametrize("host", ["evil.example:{}", "127.0.0.1", "localhost", "127.0.0.1:{}.evil.example", "[::1]:{}",
                                  "127.0.0.1:1", "", "evil.example", "localhost:{}@evil.example", "0.0.0.0:{}"])
def test_a_name_that_was_bound_anew_is_refused(server, host):
    for path in ("/", "/items", "/events", chart_path(), "/page.js", "/nothing"):
        answer = server.ask(path, Host=host.format(server.port))
        assert (answer.status, answer.body) == (403, b"forbidden\n")


def test_two_names_are_refused(server):
    with socket.create_connection(("127.0.0.1", server.port)) as asked:
        asked.sendall(f"GET /items HTTP/1.1\r\nHost: localhost:{server.port}\r\nHost: evil.example\r\n\r\n".encode())
        assert asked.recv(12) in (b"HTTP/1.1 400", b"HTTP/1.1 403")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:{}", "http://127.0.0.1:1",
                                    "http://127.0.0.1:{}.evil.example"])
def test_another_origin_is_refused(server, origin):
    assert server.ask("/items", Origin=origin.format(server.port)).status == 403


def test_our_own_origin_is_answered(server):
    assert server.ask("/items", Origin=f"http://127.0.0.1:{server.port}").status == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_may_lead_here_but_not_ask(server, site):
    assert server.ask("/", Sec_Fetch_Site=site, Sec_Fetch_Mode="navigate").status == 200
    assert server.ask("/", Sec_Fetch_Site=site, Sec_Fetch_Mode="no-cors").status == 403
    assert server.ask("/items", Sec_Fetch_Site=site, Sec_Fetch_Mode="navigate").status == 403
    assert server.ask("/items", Sec_Fetch_Site="same-origin").status == 200


@pytest.mark.parametrize("path", ["/", "/items", "/page.css", "/nothing", "/events/../items"])
def test_every_answer_carries_the_policy(server, path):
    answer = server.ask(path)

    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", [
    "/../flowstd.toml", "/..%2fflowstd.toml", "/%2e%2e/%2e%2e/etc/passwd", "/page.css/../../app.py", "/flowstd.toml",
    "/b.py",
    "//etc/passwd", "/..\\..\\app.py", "/index.html", "/page.js%00.css", "/.git/config",
])
def test_no_address_names_a_file(server, path):
    assert server.ask(path).status == 404


@pytest.mark.parametrize("item", ["../secret.py#x", "/etc/passwd", "..%2f", "b.py/../../x", "\0", "flowstd.toml"])
def test_no_item_names_a_file(server, item):
    assert server.ask(f"/chart?item={quote(item)}").status == 404
    assert server.ask(f"/export?item={quote(item)}&format=svg").status == 404


@pytest.mark.parametrize("query", ["view=nonsense", "direction=up", "theme=../official", "format=py",
                                   "format=svg&page=x", "format=svg&page=-1", f"format=svg&page={'9' * 5000}"])
def test_what_there_is_not_is_refused(server, query):
    assert server.ask(f"/export?item={quote(B)}&{query}").status == 400


def test_nothing_can_be_sent(server):
    with socket.create_connection(("127.0.0.1", server.port)) as asked:
        asked.sendall(f"POST /items HTTP/1.1\r\nHost: localhost:{server.port}\r\nContent-Length: 0\r\n\r\n".encode())
        assert asked.recv(12) == b"HTTP/1.1 405"


def test_only_loopback_is_listened_to(server):
    others = {address[4][0] for address in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in sorted(others - {"127.0.0.1"}):
        with socket.socket() as asked:
            asked.settimeout(1)
            assert asked.connect_ex((address, server.port)) != 0


@pytest.mark.parametrize(("format_", "begins"), [("svg", b"<svg "), ("bpmn", b"<?xml"), ("png", b"\x89PNG"),
                                                 ("pdf", b"%PDF")])
def test_exports(server, format_, begins):
    answer = server.ask(f"/export?item={quote(B)}&format={format_}&direction=right&theme=colour")

    assert answer.status == 200 and answer.body.startswith(begins)
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''T-3.{quote('查询')}.{format_}"
