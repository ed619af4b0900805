"""``flowstd draw --collapse`` and ``--lanes``: the same process, drawn another way."""

from __future__ import annotations

import re

from tests.cli.conftest import run as run

SOURCE = '''from flowstd.dsl import applicant, end, flow_of, fragment, reviewer, window

flow = flow_of(applicant.submit("提出申请") >> fragment("审查环节", reviewer.examine("初核") >> reviewer.examine("复核"))
               >> window.accept("登记") >> applicant.do("缴费") >> window.deliver("送达") >> end.granted, "备案")
'''


def test_a_fragment_is_drawn_as_a_box_when_asked(run, tmp_path):
    (tmp_path / "a.py").write_text(SOURCE, "utf-8")
    shown = []
    for asked in ([], ["--collapse", "always"]):
        assert run("draw", tmp_path / "a.py", "-o", tmp_path / "a.svg", *asked).code in (0, 1)
        text = (tmp_path / "a.svg").read_text("utf-8")
        shown.append((">初核<" in text, ">审查环节<" in text))

    assert shown == [(True, False), (False, True)]


def test_lanes_stand_in_the_best_order_when_asked(run, tmp_path):
    (tmp_path / "a.py").write_text(SOURCE, "utf-8")
    orders = []
    for asked in ([], ["--lanes", "best"]):
        run("draw", tmp_path / "a.py", "-o", tmp_path / "a.svg", *asked)
        names = re.search(r'<g class="names".*?</g>', (tmp_path / "a.svg").read_text("utf-8"))
        orders.append(re.findall(">([^<]+)</text>", names[0]))

    assert orders == [["申请人", "审查人员", "窗口"], ["申请人", "窗口", "审查人员"]]
