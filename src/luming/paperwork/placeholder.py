"""What a template may name: placeholders with their meaning, and a worked example of each.

A placeholder is a text, or a list whose entries have fields. Names are Chinese, since officers write them into Word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from luming.paperwork.kind import PaperKind, paper_number

SEAL_MARK = "（电子印章位置：由发文机关加盖，本平台不制作印章）"
"""What stands where the seal goes. A seal is never drawn."""

Row = Mapping[str, str]
Value = str | Sequence[Row]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A word that a template may name.

    Attributes:
        example: what stands in its place in the preview.
        needed: every template of the kind must carry it.
        optional: where nothing is known a dash stands in its place; any other value must be there.
        fields: of the entries of a list, with their meaning; empty for a text.
    """

    name: str
    meaning: str
    example: Value
    needed: bool = False
    optional: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return bool(self.fields)


def _list(
    name: str, meaning: str, fields: Mapping[str, str], *rows: Sequence[str], optional: bool = False
) -> Placeholder:
    return Placeholder(
        name,
        meaning,
        tuple(dict(zip(fields, row, strict=True)) for row in rows),
        optional=optional,
        fields=fields,
    )


_COMMON = (
    Placeholder("文号", "发文字号,制发时自动编号,按文书种类和年度连续", "鹿创办受〔2026〕1号", needed=True),
    Placeholder("标题", "文书标题", "关于示范企业甲研发平台认定申请的通知", needed=True),
    Placeholder("发文机关", "发文机关名称,在模板设置里填", "鹿山市科学技术局", needed=True),
    Placeholder("成文日期", "制发当天", "2026年3月2日", needed=True),
    Placeholder("电子印章位置", "印章位置的占位说明;平台不制作、不加盖印章", SEAL_MARK, needed=True),
    Placeholder("核验码", "凭它可在平台查到这份文书的文号、种类和校验值", "K7M4-QX9P", needed=True),
    Placeholder("核验网址", "输入核验码的网页", "https://luming.example/proofs/", optional=True),
    Placeholder("主送", "主送对象,不带冒号", "示范企业甲"),
    Placeholder("案件编号", "办件编号", "PT-2026-0007"),
    Placeholder("事项名称", "办理事项(流程)的名称", "研发平台认定"),
    Placeholder("案件标题", "办件标题", "稀土永磁材料企业技术研究中心认定申请"),
    Placeholder("申请人", "企业、机构或个人的名称", "示范企业甲", optional=True),
    Placeholder("统一社会信用代码", "申请单位的统一社会信用代码", "91150291MA0EXAMPLE", optional=True),
    Placeholder("申请日期", "提交日期", "2026年2月26日", optional=True),
    Placeholder("经办单位", "负责办理的单位", "高新技术科", optional=True),
    Placeholder("依据条款", "办理依据的文件和条款", "《若干措施》第4条", optional=True),
    Placeholder("联系人", "联系人,在模板设置里填", "王工", optional=True),
    Placeholder("联系电话", "联系电话,在模板设置里填", "0472-0000000", optional=True),
    _list(
        "填报内容",
        "申请表里填的各项",
        {"名称": "表上的栏目", "内容": "填的内容"},
        ("职工总数", "120人"),
        ("上年研发费用", "860万元"),
        optional=True,
    ),
)
_RELIEF = Placeholder(
    "救济途径",
    "对决定不服时怎样申请复议或提起诉讼,由发文机关核定文字",
    "（救济途径由发文机关按法律规定填写）",
    optional=True,
)
_MONEY = (
    Placeholder("金额", "核定或约定的金额,带单位", "30万元", optional=True),
    Placeholder("金额大写", "金额的大写", "叁拾万元整", optional=True),
)
_CONTRACT = (
    Placeholder("甲方", "下达任务、拨付资金的一方", "鹿山市科学技术局"),
    Placeholder("乙方", "承担任务的一方", "示范企业甲"),
    *_MONEY,
    Placeholder("项目目标", "项目的总目标", "建成年产20吨的中试线并开放共享。", optional=True),
    Placeholder("起始日期", "执行期开始", "2026年3月1日", optional=True),
    Placeholder("终止日期", "执行期结束", "2028年2月29日", optional=True),
    _list(
        "考核指标",
        "考核指标逐项",
        {"序号": "顺序号", "内容": "指标", "考核方式": "怎样考核、何时完成"},
        ("1", "发明专利申请:3件", "2027年6月前取得受理通知书"),
        ("2", "对外中试服务:10项", "2028年2月前提供服务合同"),
        optional=True,
    ),
)
_OF_KIND: Mapping[str, tuple[Placeholder, ...]] = {
    "acceptance": (
        Placeholder("受理日期", "受理之日", "2026年3月2日"),
        Placeholder("本环节期限", "当前环节按时限应办完的日期", "2026年3月30日", optional=True),
    ),
    "supplement": (
        _list(
            "补正事项",
            "需要补正的各项,一次告知",
            {"序号": "顺序号", "内容": "补什么、怎样补"},
            ("1", "上年度研发费用专项审计报告未盖章,请补盖。"),
            ("2", "缺少研发设备清单,请按附表填写。"),
        ),
        Placeholder("补正期限", "补正材料的最后日期", "2026年3月16日", optional=True),
    ),
    "rejection": (Placeholder("不予受理理由", "不予受理的理由", "申请事项不属于本机关职权范围。"), _RELIEF),
    "publicity": (
        _list(
            "公示名单",
            "公示的对象",
            {"序号": "顺序号", "名称": "名称", "内容": "公示内容"},
            ("1", "示范企业甲", "市级企业技术研究中心"),
            ("2", "示范企业乙", "市级企业技术研究中心"),
        ),
        Placeholder("公示起日", "公示第一天", "2026年3月3日"),
        Placeholder("公示止日", "公示最后一天", "2026年3月9日"),
        Placeholder(
            "异议方式", "向谁、怎样提出异议", "公示期内以书面形式实名提出,写明理由并附证据。", optional=True
        ),
    ),
    "decision": (
        Placeholder("决定结果", "同意、不同意或其他结果", "同意认定"),
        Placeholder("决定理由", "作出决定的理由", "经形式审查、专家评审和公示,符合认定条件。", optional=True),
        *_MONEY,
        _RELIEF,
    ),
    "supervision": (
        Placeholder("督办事项", "督办的是什么", "办件PT-2026-0007尚未办结"),
        Placeholder("应办日期", "原应办结的日期", "2026年3月2日", optional=True),
        Placeholder("逾期", "逾期多久", "3个工作日", optional=True),
        Placeholder("答复期限", "书面答复的最后日期", "2026年3月12日", optional=True),
    ),
    "agreement": _CONTRACT,
    "task_book": _CONTRACT,
    "acceptance_opinion": (
        Placeholder("验收结论", "通过、不通过或延期", "通过验收"),
        Placeholder("验收意见", "验收组的意见", "完成任务书规定的目标和考核指标,资料齐全。", optional=True),
    ),
    "payment_receipt": (
        Placeholder("金额", "本次拨付的金额,带单位", "15万元"),
        Placeholder("金额大写", "金额的大写", "壹拾伍万元整"),
        Placeholder("拨付日期", "拨付当天", "2026年3月2日"),
    ),
    "recovery": (
        Placeholder("追回理由", "为什么追回,依据哪一条", "终止项目,按任务书第三条退回未使用资金。"),
        *_MONEY,
        Placeholder("缴回期限", "缴回的最后日期", "2026年4月1日", optional=True),
        _RELIEF,
    ),
    "evaluation_report": (
        Placeholder("评价结论", "等次或结论", "优秀"),
        Placeholder("得分", "评价得分", "92.5分", optional=True),
        Placeholder("评价说明", "评价依据和说明", "按2025年度绩效评价指标打分。", optional=True),
    ),
    "card": (
        Placeholder("持卡人", "持卡人姓名", "示范人才甲"),
        Placeholder("人才类别", "认定的类别", "C类", optional=True),
        Placeholder("有效期", "有效期至哪一天", "2029年3月1日", optional=True),
    ),
}

_TITLES: Mapping[str, str] = {
    "acceptance": "关于受理研发平台认定申请的通知",
    "supplement": "关于补正研发平台认定申请材料的通知",
    "rejection": "关于不予受理研发平台认定申请的通知",
    "publicity": "关于市级企业技术研究中心拟认定名单的公示",
    "decision": "关于研发平台认定申请的决定",
    "supervision": "关于督办研发平台认定申请的函",
    "agreement": "稀土永磁材料中试线建设项目协议书",
    "task_book": "稀土永磁材料中试线建设项目任务书",
    "acceptance_opinion": "稀土永磁材料中试线建设项目验收意见书",
    "payment_receipt": "稀土永磁材料中试线建设项目资金拨付回执",
    "recovery": "关于追回项目资金的通知",
    "evaluation_report": "市级企业技术研究中心2025年度评价报告",
    "card": "人才服务卡",
}


def placeholders_of(kind: PaperKind) -> dict[str, Placeholder]:
    """The placeholders of a kind by name."""
    return {one.name: one for one in (*_COMMON, *_OF_KIND[kind.key])}


def example_values(kind: PaperKind) -> dict[str, Value]:
    """The worked example of a kind."""
    values = {name: one.example for name, one in placeholders_of(kind).items()}
    return values | {"文号": paper_number(f"鹿科{kind.sign}", 2026, 1), "标题": _TITLES[kind.key]}
