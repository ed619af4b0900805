"""The limits that 《行政许可法》 sets, as data: how long, from when to when, extended by whom, by which article.

All days are working days (第八十二条). "Other laws prevail" is written into
articles 42, 43 and 50, so every rule that uses a limit accepts a longer one
that names its basis. T01 lies before the acceptance and T06 after the
decision: neither counts towards T03.
"""

from __future__ import annotations

from dataclasses import dataclass

from flowstd.base.legal import LegalSource
from flowstd.base.term import Term, workdays, years
from flowstd.base.text import Text

from .law import licensing


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit. *term* None: what the law asks for is no number of days."""

    id: str
    what: Text
    term: Term | None
    begins: Text
    ends: Text
    source: LegalSource
    at_least: bool = False               # the term is a minimum: notice of a hearing, application to renew
    extension: Term | None = None
    approver: Text | None = None         # who may extend; the reason is told to the applicant
    silence: Text | None = None          # what the law takes silence for


_RECEIPT = Text("收到申请材料", "receipt of the file")
_ACCEPTANCE = Text("受理", "acceptance")
_DECISION = Text("作出决定", "decision")
_NOTICE = Text("告知", "notice")
_EXPIRY = Text("有效期届满", "expiry of the licence")
_BAN = Text("被处理", "the sanction")

_ALL = (
    Limit("T01", Text("一次性告知补正", "all gaps told in one notice"), workdays(5), _RECEIPT, _NOTICE,
          licensing("第三十二条第一款第四项"),
          silence=Text("逾期不告知的，自收到申请材料之日起即为受理", "no notice in time: accepted from the day of receipt")),
    Limit("T02", Text("告知不需要许可、不予受理", "told that no licence is needed, or that the organ is not competent"),
          workdays(0), _RECEIPT, _NOTICE, licensing("第三十二条第一款第一、二项")),
    Limit("T03", Text("作出行政许可决定", "decision by one organ"), workdays(20), _ACCEPTANCE, _DECISION,
          licensing("第四十二条第一款"), extension=workdays(10),
          approver=Text("本行政机关负责人", "the head of the organ")),
    Limit("T04", Text("统一办理、联合办理、集中办理", "unified, joint or concentrated handling"), workdays(45), _ACCEPTANCE,
          Text("办结", "completion"), licensing("第四十二条第二款"), extension=workdays(15),
          approver=Text("本级人民政府负责人", "the head of the government at that level")),
    Limit("T05", Text("下级行政机关审查完毕", "review by the lower organ"), workdays(20), _ACCEPTANCE,
          Text("初步审查完毕", "end of the preliminary review"), licensing("第四十三条")),
    Limit("T06", Text("颁发、送达行政许可证件", "issue and service of the certificate"), workdays(10), _DECISION,
          Text("送达", "service"), licensing("第四十四条")),
    Limit("T07", Text("听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审所需时间不计算在内",
                      "hearing, tender, auction, inspection, testing, quarantine, appraisal and expert review do not "
                      "count"),
          None, _ACCEPTANCE, _DECISION, licensing("第四十五条")),
    Limit("T08", Text("提出听证申请", "request for a hearing"), workdays(5),
          Text("被告知听证权利", "notice of the right to a hearing"), Text("提出申请", "request"), licensing("第四十七条第一款")),
    Limit("T09", Text("组织听证", "hearing held"), workdays(20), Text("提出听证申请", "request"),
          Text("听证", "hearing"), licensing("第四十七条第一款")),
    Limit("T10", Text("通知听证时间、地点", "notice of time and place of a hearing"), workdays(7),
          Text("通知", "notice"), Text("举行听证", "hearing"), licensing("第四十八条第一款第一项"), at_least=True),
    Limit("T11", Text("指派两名以上工作人员检验、检测、检疫", "two or more officers assigned to inspect"), workdays(5),
          _ACCEPTANCE, Text("指派", "assignment"), licensing("第五十五条第二款")),
    Limit("T12", Text("提出延续申请", "application to renew"), workdays(30), Text("申请", "application"), _EXPIRY,
          licensing("第五十条第一款"), at_least=True),
    Limit("T13", Text("作出是否准予延续的决定", "decision on a renewal"), None, Text("申请", "application"), _EXPIRY,
          licensing("第五十条第二款"), silence=Text("逾期未作决定的，视为准予延续", "no decision in time: renewed")),
    Limit("T14", Text("主体设立登记", "registration of a subject"), workdays(0), _RECEIPT,
          Text("登记", "registration"), licensing("第五十六条")),
    Limit("T15a", Text("提供虚假材料后不得再次申请（直接关系安全的事项）",
                       "no new application after false materials (matters of safety)"), years(1), _BAN,
          Text("再次申请", "new application"), licensing("第七十八条"), at_least=True),
    Limit("T15b", Text("以欺骗、贿赂取得许可后不得再次申请（直接关系安全的事项）",
                       "no new application after fraud or bribery (matters of safety)"), years(3), _BAN,
          Text("再次申请", "new application"), licensing("第七十九条"), at_least=True),
)

LIMITS = {limit.id: limit for limit in _ALL}


def count(id: str) -> int:
    """The number of working days of a limit that has one.

    >>> count("T03")
    20
    """
    term = LIMITS[id].term
    assert term is not None
    return term.count
