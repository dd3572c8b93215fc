"""Shapes that answers share."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, Field, create_model


class FaultShape(BaseModel):
    """一处问题。"""

    at: str = Field(description="在哪里:/district 是正文字段,?size 是参数")
    code: str = Field(description="供程序识别")
    detail: str = Field(description="供人阅读")


class ProblemShape(BaseModel):
    """问题(RFC 9457)。没有保存任何内容。"""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str = Field(description="请求编号;报告问题时请提供")
    faults: list[FaultShape] | None = None
    current: dict[str, Any] | None = Field(default=None, description="412 时:现在的内容")


def page_model(item: type[BaseModel]) -> Any:
    """A page of a list."""
    return create_model(
        f"{item.__name__}Page",
        __doc__=_("一页"),
        total=(int | None, Field(description=_("共多少条;用 cursor 时为 null"))),
        page=(int | None, Field(description=_("第几页"))),
        pages=(int | None, Field(description=_("共几页"))),
        size=(int, Field(description=_("每页多少条"))),
        conditions=(list[str], Field(description=_("起作用的条件,用文字说明"))),
        items=(list[item], Field(description=_("本页各条"))),  # type: ignore[valid-type]
        links=(dict[str, str], Field(description=_("self、first、previous、next、last"))),
    )
