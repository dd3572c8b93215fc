"""Units of measure that convert by kind: 亿元 is never added to 万元 unconverted, never to 吨 at all.

A percentage (%) is a level; a percentage point (个百分点) is a difference of two levels. They are different
kinds and do not convert. People, visits and things are counted separately (人, 人次 and 家 do not convert); the
counters of things (家, 户, 个, 项 …) convert one to one. A rank (位次) is no count.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, localcontext
from functools import lru_cache

from luming.errors import UnitMismatch

_MULTIPLES = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}

_THINGS = "个 家 户 项 件 种 类 处 座 条 台 套 辆 艘 架 款 只 支 批 届 期 场 次 块 篇 部 所 间 张 份 门 眼 口 根 版 头 匹 羽 株 棵 栋 幢 列 趟 席 场次 片 组 例 枚 笔 对 盏 册 本 村 镇 尾 箱 轮 班 床 床位 席位 车位 泊位 学位 工位"
_KINDS: dict[str, dict[str, int | str]] = {
    # kind: {unit: factor to the base unit, which has factor 1}
    "money": {"元": 1},
    "person": {"人": 1, "名": 1, "位": 1},
    "visit": {"人次": 1},
    "firm_visit": {"家次": 1},
    "flight": {"架次": 1},
    "container": {"标箱": 1, "标准箱": 1, "TEU": 1},
    "age": {"岁": 1, "周岁": 1},
    "person_year": {"人年": 1},
    "thing": dict.fromkeys(_THINGS.split(), 1),
    "rank": {"位次": 1, "名次": 1},
    "ratio": {"%": 1, "‰": "0.1"},
    "point": {"个百分点": 1},
    "multiple": {"倍": 1},
    "mass": {
        "吨": 1,
        "公斤": "0.001",
        "千克": "0.001",
        "斤": "0.0005",
        "克": "0.000001",
        "毫克": "1E-9",
        "微克": "1E-12",
    },
    "power": {"千瓦": 1, "瓦": "0.001", "兆瓦": 1000, "kW": 1, "MW": 1000, "GW": 10**6, "吉瓦": 10**6},
    "coal": {"吨标准煤": 1, "千克标准煤": "0.001", "克标准煤": "0.000001"},
    "computing": {"PFLOPS": 1, "EFLOPS": 1000},
    "energy": {"千瓦时": 1, "瓦时": "0.001", "度": 1, "兆瓦时": 1000, "kWh": 1, "MWh": 1000, "GWh": 10**6},
    # the base of areas is a third of a square metre, so that a 亩 (2000/3 m²) is a whole number of it
    "area": {"平方米": 3, "亩": 2000, "公顷": 3 * 10**4, "平方公里": 3 * 10**6},
    "length": {"米": 1, "公里": 1000, "千米": 1000},
    "volume": {"立方米": 1},
    "year": {"年": 1},
    "month": {"个月": 1},
    "day": {"天": 1, "日": 1, "个工作日": 1, "周": 7},
    "hour": {"小时": 1},
}
_ALIASES = {
    "\uff05": "%",
    "﹪": "%",
    "百分点": "个百分点",
    "个点": "个百分点",
    "t": "吨",
    "平方千米": "平方公里",
    "㎡": "平方米",
}
_NO_MULTIPLE = {"rank", "ratio", "point", "multiple", "year", "month", "day"}

_EXACT_DIGITS = 200


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its name as written, its kind, and how many base units it holds.

    `per` is the denominator of a compound unit as written (`个` in 万元/个), part of the kind.
    """

    name: str
    kind: str
    factor: Decimal
    per: str = ""

    def __str__(self) -> str:
        return self.name


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit:
    """Read a unit such as 亿元, 万吨/年, %, 个百分点.

    >>> parse_unit("亿元").factor
    Decimal('100000000')
    >>> parse_unit("万元/个").per
    '个'

    Raises:
        UnitMismatch: the unit is not known.
    """
    name = text.strip()
    head, _, per = name.replace("\uff0f", "/").partition("/")
    found = _lookup(head)
    if found is None:
        raise UnitMismatch(f"不认识的计量单位“{text}”。认识的单位有:{known_units()}。")
    kind, factor = found
    return Unit(name=name, kind=f"{kind}/{per}" if per else kind, factor=factor, per=per)


def _lookup(name: str) -> tuple[str, Decimal] | None:
    name = _ALIASES.get(name, name)
    for kind, units in _KINDS.items():
        if name in units:
            return kind, Decimal(units[name])
    for prefix in ("百万", "千万", "万亿", "百", "千", "万", "亿"):
        if not name.startswith(prefix):
            continue
        rest = _ALIASES.get(name.removeprefix(prefix), name.removeprefix(prefix))
        for kind, units in _KINDS.items():
            if rest in units and kind not in _NO_MULTIPLE:
                return kind, Decimal(units[rest]) * _MULTIPLES[prefix]
    return None


def known_units() -> str:
    """The names of the units without multiples, for messages."""
    return "、".join(name for units in _KINDS.values() for name in units)


def convert(value: Decimal, source: str, target: str) -> Decimal:
    """Convert a value between two units of the same kind, exactly.

    Where no decimal is exact (平方米 in 亩), the result is rounded once, to 28 digits.

    >>> convert(Decimal("1.3"), "万人", "人")
    Decimal('13000.0')

    Raises:
        UnitMismatch: the kinds differ (亿元 and 吨, % and 个百分点).
    """
    if source == target:
        return value
    one, other = parse_unit(source), parse_unit(target)
    if one.kind != other.kind:
        raise UnitMismatch(f"“{source}”与“{target}”不是同类单位,不能换算。")
    with localcontext(Context(prec=_EXACT_DIGITS)) as context:
        result = value * one.factor / other.factor
        exact = not context.flags[Inexact]
    return result if exact else Context(prec=28).plus(result)


def same_kind(one: str, other: str) -> bool:
    """Whether values in the two units may be compared after conversion."""
    return parse_unit(one).kind == parse_unit(other).kind
