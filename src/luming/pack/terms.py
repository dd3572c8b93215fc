"""The closed lists of a pack, each word with what an officer calls it."""

from __future__ import annotations

from enum import StrEnum


class CommitmentKind(StrEnum):
    """What kind of promise a number in the document is."""

    TARGET = "target"
    SUPPORT_CAP = "support_cap"
    BUDGET = "budget"
    COUNT = "count"

    @property
    def label(self) -> str:
        """The kind as an officer says it."""
        return {"target": "目标", "support_cap": "支持标准", "budget": "资金安排", "count": "规模数量"}[
            self.value
        ]


class Comparator(StrEnum):
    """How a value binds: 以上 is >=, 最高 is <=, 左右 is ~, a bare number is =."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="
    ABOUT = "~"

    @property
    def label(self) -> str:
        """The comparator in signs a reader knows."""
        return {">=": "≥", "<=": "≤", "=": "=", "~": "约"}[self.value]


class Mechanism(StrEnum):
    """The mechanism that carries a sentence out; the names of DESIGN.md."""

    PACK = "pack"
    FACTS = "facts"
    STANDARDS = "standards"
    SUPPORT = "support"
    CASES = "cases"
    MATCHING = "matching"
    EVIDENCE = "evidence"
    MONITOR = "monitor"
    MARKET = "market"
    CARBON = "carbon"
    CHAINS = "chains"
    FORESIGHT = "foresight"
    NONE = "none"

    @property
    def label(self) -> str:
        """The mechanism as an officer says it."""
        return _MECHANISM_LABELS[self]


_MECHANISM_LABELS = {
    Mechanism.PACK: "文件分解",
    Mechanism.FACTS: "事实台账",
    Mechanism.STANDARDS: "标准评定",
    Mechanism.SUPPORT: "支持兑现",
    Mechanism.CASES: "事项办理",
    Mechanism.MATCHING: "供需匹配",
    Mechanism.EVIDENCE: "存证",
    Mechanism.MONITOR: "监测评估",
    Mechanism.MARKET: "交易与指数",
    Mechanism.CARBON: "碳足迹",
    Mechanism.CHAINS: "产业链",
    Mechanism.FORESIGHT: "前瞻研判",
    Mechanism.NONE: "无",
}


class BindingStatus(StrEnum):
    """Where the carrying-out of a sentence stands."""

    RUNS = "runs"
    WAITS = "waits_for_rule"
    PLANNED = "planned"
    NOT_SOFTWARE = "not_software"

    @property
    def label(self) -> str:
        """The status as a reader sees it."""
        return {
            "runs": "已运行",
            "waits_for_rule": "待主管部门出台细则",
            "planned": "已列入建设计划",
            "not_software": "不属软件事项",
        }[self.value]


class Thing(StrEnum):
    """What is counted."""

    PERSON = "person"
    FIRM = "firm"
    INSTITUTION = "institution"
    TEAM = "team"
    STATION = "station"

    @property
    def label(self) -> str:
        """The thing in words."""
        return _THINGS[self]


class IdentifiedBy(StrEnum):
    """By what two entries are known to be the same thing."""

    PERSON = "person"
    CREDIT_CODE = "credit_code"
    NAME_AND_HOST = "name_and_host"

    @property
    def label(self) -> str:
        """The means in words."""
        return _MEANS[self]


class CountedOver(StrEnum):
    """Which entries belong to a period: those of its days, those that hold on its last day, or a share of a year's."""

    FLOW = "flow"
    STOCK = "stock"
    RATIO = "ratio"

    @property
    def label(self) -> str:
        """The way in words."""
        return _WAYS[self]


_THINGS = {
    Thing.PERSON: "人员",
    Thing.FIRM: "企业",
    Thing.INSTITUTION: "机构",
    Thing.TEAM: "团队",
    Thing.STATION: "工作站",
}
_MEANS = {
    IdentifiedBy.PERSON: "证件号码(只存密文)",
    IdentifiedBy.CREDIT_CODE: "统一社会信用代码",
    IdentifiedBy.NAME_AND_HOST: "名称和依托单位",
}
_WAYS = {
    CountedOver.FLOW: "当年新增累计",
    CountedOver.STOCK: "期末有效存量",
    CountedOver.RATIO: "占比",
}
