"""What a tag of a template may say, and the environment in which templates are filled.

Two fences: a tag is read into its syntax tree, of which only a few kinds of nodes are let through; and the environment
itself has no functions, filters, tests or attributes but the fields of list entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

_LONGEST_TAG = 200
_CONDITION = (
    nodes.Name,
    nodes.Getattr,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Const,
)
_COMPARED = ("eq", "ne")


class Environment(ImmutableSandboxedEnvironment):
    """Fills templates: names of values, fields of list entries, nothing else."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    intercepted_unops = frozenset(ImmutableSandboxedEnvironment.default_unop_table)

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, cache_size=0)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a list entry."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Nothing: fields are named with a dot."""
        return self.undefined(obj=obj, name=str(argument))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Nothing."""
        return False

    def is_safe_callable(self, obj: Any) -> bool:
        """Nothing is called."""
        return False


class TagRefused(Exception):
    """A tag that cannot stand; what was found, what should stand there, what to do."""

    def __init__(self, code: str, found: str, expected: str, remedy: str = "") -> None:
        self.code, self.found, self.expected, self.remedy = code, found, expected, remedy
        super().__init__(found)


def read_value(inner: str) -> nodes.Expr:
    """What a `{{ … }}` names.

    Raises:
        TagRefused: it is not a name, or a field of a list entry.
    """
    found = _parsed("{{ " + _short(inner) + " }}", inner).find(nodes.Output)
    expression = found.nodes[0] if found is not None and len(found.nodes) == 1 else None
    if isinstance(expression, nodes.Name) or _is_field(expression):
        assert isinstance(expression, nodes.Expr)
        return expression
    raise TagRefused("tag.not_a_name", f"“{inner}”", "一个占位名,或“项.栏目”", "模板里不能计算、调用或加工")


def read_loop(inner: str) -> nodes.For:
    """What a `for … in …` says.

    Raises:
        TagRefused: it is not a name in a listed list.
    """
    found = _parsed("{% " + _short(inner) + " %}{% endfor %}", inner).find(nodes.For)
    plain = found is not None and not (found.recursive or found.test is not None or found.else_)
    if (
        found is not None
        and plain
        and isinstance(found.target, nodes.Name)
        and isinstance(found.iter, nodes.Name)
    ):
        return found
    raise TagRefused("tag.not_a_loop", f"“{inner}”", "“for 项 in 列表名”")


def read_condition(inner: str) -> nodes.Node:
    """What an `if …` or `elif …` asks.

    Raises:
        TagRefused: more than names, fields, texts, and, or, not, == and !=.
    """
    words = inner.removeprefix("el")
    found = _parsed("{% " + _short(words) + " %}{% endif %}", inner).find(nodes.If)
    if found is None:
        raise TagRefused("tag.not_a_condition", f"“{inner}”", "“if 占位名”")
    for node in (found.test, *found.test.find_all(nodes.Node)):
        wrong = not isinstance(node, _CONDITION)
        wrong |= isinstance(node, nodes.Getattr) and not _is_field(node)
        wrong |= isinstance(node, nodes.Operand) and node.op not in _COMPARED
        if wrong:
            raise TagRefused(
                "tag.not_a_condition", f"“{inner}”", "只用占位名、引号里的文字和 and、or、not、==、!="
            )
    return found.test


def _is_field(node: Any) -> bool:
    return (
        isinstance(node, nodes.Getattr)
        and isinstance(node.node, nodes.Name)
        and not node.attr.startswith("_")
    )


def _short(inner: str) -> str:
    if len(inner) > _LONGEST_TAG:
        raise TagRefused("tag.too_long", f"长{len(inner)}字的标记", f"不超过{_LONGEST_TAG}字")
    return inner


def _parsed(source: str, inner: str) -> nodes.Template:
    try:
        return Environment().parse(source)
    except (TemplateSyntaxError, RecursionError):
        raise TagRefused(
            "tag.syntax", f"写法不对的标记“{inner}”", "“{{ 占位名 }}”", "名称只用汉字、字母、数字,标点用半角"
        ) from None


ALLOWED = (*(nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, *_CONDITION),)
"""Every kind of node that a whole template may hold once it is put together."""


def strange_nodes(source: str) -> list[str]:
    """Kinds of nodes in a whole template that may not be there; [] where all is well.

    Raises:
        TemplateSyntaxError: it cannot be read.
    """
    tree = Environment().parse(source)
    return sorted(
        {type(node).__name__ for node in tree.find_all(nodes.Node) if not isinstance(node, ALLOWED)}
    )
