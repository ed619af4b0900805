"""Sheet → the chart alone, without paper: for web pages that bring their own title and words."""

from __future__ import annotations

from dataclasses import replace

from .model import Rect
from .page import Page, Sheet, View

AROUND = 8                       # px of paper left around the chart, so that no line is cut


def bare(sheet: Sheet) -> Sheet:
    """*sheet* with one page as large as its drawing, at full size: no title, fields, legend or foot.

    >>> from flowstd.dsl import applicant, end, flow_of
    >>> sheet = bare(flow_of(applicant.submit("提交申请") >> end.done).compile().sheet())
    >>> sheet.pages[0].width - sheet.drawing.width, sheet.pages[0].prints
    (16, ())
    """
    drawing = sheet.drawing
    along = drawing.height if drawing.direction == "down" else drawing.width
    view = View(AROUND, AROUND, 1000, Rect(0, 0, drawing.width, drawing.height), along)
    page = Page(1, "", drawing.width + 2 * AROUND, drawing.height + 2 * AROUND, view, (), (), (), ())
    return replace(sheet, pages=(page,))
