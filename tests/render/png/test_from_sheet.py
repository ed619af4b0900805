"""PNG: the same picture everywhere, of a size that memory holds."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from io import BytesIO

import pytest

from flowstd.base import extras
from flowstd.base.errors import BadUse, MissingExtra
from flowstd.render.png.from_sheet import SCALE, to_png
from tests.render.charts import chart, two_pages

SHEET = chart().sheet()


def chunks(png: bytes) -> dict[bytes, bytes]:
    """The chunks of a picture by name, checked."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    found, at = {}, 8
    while at < len(png):
        length, name = struct.unpack_from(">I4s", png, at)
        body = png[at + 8:at + 8 + length]
        assert struct.unpack_from(">I", png, at + 8 + length)[0] == zlib.crc32(name + body)
        found[name] = body
        at += 12 + length
    return found


def test_the_picture_has_the_size_of_the_paper_and_says_its_resolution() -> None:
    parts = chunks(to_png(SHEET))
    page = SHEET.pages[0]

    assert struct.unpack(">II", parts[b"IHDR"][:8]) == (page.width * SCALE, page.height * SCALE)
    assert struct.unpack(">IIB", parts[b"pHYs"]) == (round(96 * SCALE / 0.0254), round(96 * SCALE / 0.0254), 1)


def test_equal_sheets_give_equal_bytes_in_another_process() -> None:
    code = ("import hashlib; from tests.render.charts import chart; "
            "print(hashlib.sha256(chart().png(scale=1)).hexdigest())")
    found = {subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "TZ": zone}).stdout
             for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))}

    assert len(found) == 1


def test_a_character_more_is_ink_more() -> None:
    assert to_png(chart("受理甲").sheet(), scale=1) != to_png(chart("受理乙").sheet(), scale=1)


def test_characters_that_the_font_lacks_are_drawn_as_boxes_not_left_out() -> None:
    lacking, blank = to_png(chart("受理䶮").sheet(), scale=1), to_png(chart("受理\u3000").sheet(), scale=1)

    assert lacking != blank


def test_bold_type_has_more_ink() -> None:
    import resvg_py

    from flowstd.render.png.from_sheet import _bold
    from flowstd.render.typeface import FILE

    svg = ('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40" font-family="sans-serif" font-size="30">'
           '<text x="0" y="30" font-weight="bold">办理</text></svg>')

    def drawn(style: str) -> bytes:
        return resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=[str(FILE)], style_sheet=style,
                                     sans_serif_family="Flowstd Sans SC")

    assert ink(drawn(_bold("#000000"))) > 1.2 * ink(drawn("x{}"))


def ink(png: bytes) -> int:
    """How much of a picture is covered: the sum of all alpha."""
    from PIL import Image

    return sum(Image.open(BytesIO(png)).getchannel("A").tobytes())


@pytest.mark.parametrize("scale", [0, -1, 1000, float("inf"), float("nan"), 1e-9])
def test_an_absurd_size_is_refused_before_anything_is_drawn(scale: float) -> None:
    with pytest.raises(BadUse, match="million"):
        to_png(SHEET, scale=scale)


def test_each_page_is_a_file(tmp_path) -> None:
    two_pages().save(tmp_path / "a.png")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.page2.png", "a.png"]


def test_without_the_package_one_line_says_how_to_get_it(monkeypatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)

    with pytest.raises(MissingExtra, match=r'^PNG needs one more package: pip install "flowstd\[png\]"$'):
        chart().png()
