"""The templates that come with Luming, one a kind, in the layout of official documents (luming.report.docx).

Their words are ours (平台默认口径), meant to be edited in Word by the office that issues the papers.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from functools import lru_cache

import docx as word
from docx.enum.text import WD_ALIGN_PARAGRAPH

from luming.paperwork.kind import PaperKind
from luming.report import Block, Column, Paper, Paragraph, Row, Table, Text, chinese_date, normalise
from luming.report import docx as official

_STAND_IN = dt.date(1980, 1, 1)
"""Is printed as a date, which then becomes the placeholder."""
_ISSUER = "{{ 发文机关 }}"
_SEAL = "{{ 电子印章位置 }}"
_CODE = "核验码：{{ 核验码 }}（在{{ 核验网址 }}查验）"


def _if(name: str, line: str) -> tuple[str, str, str]:
    """A paragraph that stands only where a value is known."""
    return (f"{{%p if {name} %}}", line, "{%p endif %}")


_CONTACT = _if("联系人", "联系人：{{ 联系人 }}，联系电话：{{ 联系电话 }}。")
_INTRO = "{{ 申请人 }}于{{ 申请日期 }}提交的“{{ 案件标题 }}”（{{ 事项名称 }}，编号{{ 案件编号 }}）"

_WITHOUT_ADDRESSEE = ("agreement", "task_book", "acceptance_opinion", "evaluation_report", "card")


@lru_cache(maxsize=16)
def default_template(kind: PaperKind) -> bytes:
    """The template as a .docx file; the same bytes every time."""
    paper = Paper(
        title="{{ 标题 }}",
        issuer=_ISSUER,
        date=_STAND_IN,
        number="{{ 文号 }}",
        recipient="" if kind.public or kind.key in _WITHOUT_ADDRESSEE else "{{ 主送 }}",
        blocks=(*_WORDS[kind.key], Paragraph((Text(_CODE),)), Paragraph((Text(_SEAL),), indent=False)),
    )
    document = word.Document(io.BytesIO(official.render(paper)))
    for paragraph in document.paragraphs:
        if paragraph.text == _SEAL:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for run in paragraph.runs:
            if chinese_date(_STAND_IN) in run.text:
                run.text = run.text.replace(chinese_date(_STAND_IN), "{{ 成文日期 }}")
    document.core_properties.title, document.core_properties.author = kind.label, ""
    out = io.BytesIO()
    document.save(out)
    return normalise(out.getvalue())


def _said(*lines: str) -> tuple[Block, ...]:
    return tuple(Paragraph((Text(line),)) for line in lines)


def _rows(list_name: str, caption: str, *columns: tuple[str, float]) -> Table:
    """A table with a row for each entry of a list; its columns are named as the fields."""
    empty: Sequence[str] = [""] * (len(columns) - 1)
    lines = (
        (f"{{%tr for 项 in {list_name} %}}", *empty),
        tuple(f"{{{{ 项.{name} }}}}" for name, _width in columns),
        ("{%tr endfor %}", *empty),
    )
    return Table(
        tuple(Column(name, "left", width) for name, width in columns),
        tuple(Row(tuple((Text(cell),) for cell in line)) for line in lines),
        caption,
    )


_CONTRACT_HEAD = (
    "甲方：{{ 甲方 }}",
    "乙方：{{ 乙方 }}",
    "{% if 依据条款 %}根据{{ 依据条款 }}，{% endif %}经“{{ 案件标题 }}”（编号{{ 案件编号 }}）评审、公示和批准，双方约定如下。",
    "一、目标。{% if 项目目标 %}{{ 项目目标 }}{% else %}见项目申报书。{% endif %}",
    "二、执行期。自{{ 起始日期 }}至{{ 终止日期 }}。",
)
_MONEY = (
    "三、支持资金。{% if 金额 %}共{{ 金额 }}（大写：{{ 金额大写 }}），{% endif %}专款专用，按考核情况拨付。"
)
_INDICATORS = _rows("考核指标", "考核指标", ("序号", 0.5), ("内容", 2.4), ("考核方式", 2.0))

_WORDS: Mapping[str, tuple[Block, ...]] = {
    "acceptance": (
        *_said(
            f"{_INTRO}，材料齐全、符合法定形式，自{{{{ 受理日期 }}}}起予以受理。",
            "{% if 依据条款 %}依据：{{ 依据条款 }}。{% endif %}{% if 经办单位 %}本件由{{ 经办单位 }}办理。{% endif %}{% if 本环节期限 %}当前环节按时限应于{{ 本环节期限 }}前办完。{% endif %}",
            *_CONTACT,
        ),
    ),
    "supplement": (
        *_said(f"{_INTRO}，经审查需要补正。现将应补正的内容一次告知如下。"),
        _rows("补正事项", "补正事项", ("序号", 0.5), ("内容", 4.0)),
        *_said("{% if 补正期限 %}请于{{ 补正期限 }}前补正。{% endif %}补正期间不计入办理时限。", *_CONTACT),
    ),
    "rejection": (
        *_said(
            f"{_INTRO}，经审查决定不予受理。",
            "理由：{{ 不予受理理由 }}",
            *_if("救济途径", "{{ 救济途径 }}"),
            *_CONTACT,
        ),
    ),
    "publicity": (
        *_said(
            "按照{% if 依据条款 %}{{ 依据条款 }}和{% endif %}办理程序，现将“{{ 事项名称 }}”有关对象公示如下。"
        ),
        _rows("公示名单", "公示名单", ("序号", 0.5), ("名称", 2.0), ("内容", 2.5)),
        *_said("公示时间：{{ 公示起日 }}至{{ 公示止日 }}。", *_if("异议方式", "{{ 异议方式 }}"), *_CONTACT),
    ),
    "decision": (
        *_said(
            f"{_INTRO}，经办理，决定：{{{{ 决定结果 }}}}。",
            *_if("决定理由", "理由：{{ 决定理由 }}"),
            "{% if 依据条款 %}依据：{{ 依据条款 }}。{% endif %}{% if 金额 %}核定金额：{{ 金额 }}（大写：{{ 金额大写 }}）。{% endif %}",
            *_if("救济途径", "{{ 救济途径 }}"),
            *_CONTACT,
        ),
    ),
    "supervision": (
        *_said(
            "督办事项：{{ 督办事项 }}（{{ 事项名称 }}，编号{{ 案件编号 }}）。",
            "{% if 应办日期 %}该事项应于{{ 应办日期 }}前办结{% if 逾期 %}，已逾期{{ 逾期 }}{% endif %}。{% endif %}请抓紧办理，并{% if 答复期限 %}于{{ 答复期限 }}前{% endif %}书面反馈办理情况、未按时办结的原因和办结时间。",
            *_CONTACT,
        ),
    ),
    "agreement": (
        *_said(*_CONTRACT_HEAD, _MONEY, "四、考核指标。"),
        _INDICATORS,
        *_said("五、未尽事宜由双方协商。本协议书经双方签章后生效。", "甲方代表：　　　　　　　　乙方代表："),
    ),
    "task_book": (
        *_said(*_CONTRACT_HEAD, _MONEY, "四、考核指标。"),
        _INDICATORS,
        *_said("五、乙方应按期提交中期和验收材料；目标、指标、经费、负责人变更的，应事先申请。"),
    ),
    "acceptance_opinion": _said(
        "“{{ 案件标题 }}”（编号{{ 案件编号 }}），承担单位{{ 申请人 }}，验收结论：{{ 验收结论 }}。",
        "{% if 验收意见 %}验收意见：{{ 验收意见 }}{% endif %}",
        *_if("依据条款", "依据：{{ 依据条款 }}。"),
    ),
    "payment_receipt": _said(
        "“{{ 案件标题 }}”（{{ 事项名称 }}，编号{{ 案件编号 }}）支持资金{{ 金额 }}（大写：{{ 金额大写 }}），已于{{ 拨付日期 }}办理拨付。",
        "收款单位收到后请核对；有误的，请与经办单位联系。",
        *_CONTACT,
    ),
    "recovery": _said(
        "“{{ 案件标题 }}”（{{ 事项名称 }}，编号{{ 案件编号 }}），决定追回支持资金{% if 金额 %}{{ 金额 }}（大写：{{ 金额大写 }}）{% endif %}。",
        "理由：{{ 追回理由 }}",
        "{% if 缴回期限 %}请于{{ 缴回期限 }}前缴回。{% endif %}{% if 依据条款 %}依据：{{ 依据条款 }}。{% endif %}",
        *_if("救济途径", "{{ 救济途径 }}"),
        *_CONTACT,
    ),
    "evaluation_report": _said(
        "评价对象：{{ 申请人 }}，“{{ 案件标题 }}”（编号{{ 案件编号 }}）。",
        "评价结论：{{ 评价结论 }}{% if 得分 %}，得分：{{ 得分 }}{% endif %}。",
        *_if("评价说明", "{{ 评价说明 }}"),
        *_if("依据条款", "依据：{{ 依据条款 }}。"),
    ),
    "card": _said(
        "持卡人：{{ 持卡人 }}{% if 人才类别 %}，类别：{{ 人才类别 }}{% endif %}{% if 有效期 %}，有效期至{{ 有效期 }}{% endif %}。",
        "凭本卡按有关规定享受人才服务，具体事项以公布的清单为准。",
        *_CONTACT,
    ),
}
