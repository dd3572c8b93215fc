"""The shapes in which documents are told: versions, clauses with what carries them out, commitments."""

from __future__ import annotations

from pydantic import BaseModel, Field


class DocumentShape(BaseModel):
    """一份文件。"""

    key: str = Field(description="编号,如 baotou.2025-1")
    number: str = Field(description="文号")
    title: str
    place: str
    year: int
    date: str | None
    partial: bool = Field(description="只掌握部分数字,没有全文")
    current_version: int | None = Field(description="现行版;未发布的为 null")
    demo: bool
    links: dict[str, str]


class DocumentsShape(BaseModel):
    """全部文件。"""

    items: list[DocumentShape]


class VersionShape(BaseModel):
    """文件的一版,发布后不再改动。"""

    number: int
    sha256: str = Field(description="各数据文件的名称与内容的 SHA-256")
    published_at: str
    reason: str
    files: list[str] = Field(description="数据文件名")
    links: dict[str, str]


class VersionsShape(BaseModel):
    """各版,新的在前。"""

    items: list[VersionShape]


class BindingShape(BaseModel):
    """一句话由什么落实。"""

    mechanism: str
    mechanism_label: str
    status: str
    status_label: str
    reference: str
    quote: str


class SentenceShape(BaseModel):
    """一句话。start、end 是全文中的字位。"""

    id: str
    start: int
    end: int
    quote: str
    bindings: list[BindingShape]
    commitments: list[str] = Field(description="这句话里的承诺的编号")


class MeasureShape(BaseModel):
    """一条措施。"""

    id: str
    number: str
    title: str
    section: str
    lead: list[str] = Field(description="牵头单位")
    support: list[str] = Field(description="配合单位")
    duty_mark: str | None = Field(description="分工的可信度")
    sentences: list[SentenceShape]


class ClausesShape(BaseModel):
    """一版文件的全部条款。"""

    document: str
    version: int
    measures: list[MeasureShape]


class CommitmentShape(BaseModel):
    """文件承诺的一个数。"""

    id: str
    label: str
    indicator: str
    kind: str
    kind_label: str
    comparator: str
    value: str | None = Field(description="精确的十进制数;只给增速的为 null")
    alt_value: str | None
    unit: str
    growth: str | None = Field(description="要求的增速(%)")
    deadline: str | None
    aspiration: bool = Field(description="力争之类,不会自动亮红灯")
    clause: str
    start: int
    end: int
    quote: str
    mark: str
    source: str
    note: str


class CommitmentsShape(BaseModel):
    """一版文件的全部承诺。"""

    document: str
    version: int
    items: list[CommitmentShape]
