"""What the record of changes says in words: actions, kinds, fields, values."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luming_portal.audit.door import HIDDEN

ACTIONS: dict[str, Any] = {
    "create": gettext_lazy("新增"),
    "update": gettext_lazy("修改"),
    "delete": gettext_lazy("删除"),
    "account.signed_in": gettext_lazy("登录"),
    "account.signed_out": gettext_lazy("退出登录"),
    "account.sign_in_failed": gettext_lazy("登录失败"),
    "account.locked": gettext_lazy("锁定"),
    "account.unlocked": gettext_lazy("解锁"),
    "account.session_ended": gettext_lazy("会话超时"),
    "account.sessions_ended": gettext_lazy("结束全部会话"),
    "account.password_changed": gettext_lazy("修改密码"),
    "account.password_set": gettext_lazy("设置密码"),
    "account.password_link": gettext_lazy("发放设置密码的链接"),
    "account.second_factor_added": gettext_lazy("启用两步验证"),
    "account.second_factor_removed": gettext_lazy("停用两步验证"),
    "account.second_factor_reset": gettext_lazy("重置两步验证"),
    "account.recovery_codes": gettext_lazy("生成恢复码"),
    "account.identity_connected": gettext_lazy("绑定统一认证身份"),
    "account.identity_removed": gettext_lazy("解除统一认证身份"),
    "account.identity_refused": gettext_lazy("统一认证登录被拒"),
    "account.identity_unknown": gettext_lazy("统一认证身份未开通"),
    "counting.withdrawn": gettext_lazy("撤回依据"),
    "invitation.refused": gettext_lazy("已失效的一次性链接被使用"),
    "audit.exported": gettext_lazy("导出审计日志"),
    "evaluation.drafted": gettext_lazy("生成政策评估报告"),
    "report.exported": gettext_lazy("下载报送工作簿"),
    "report.imported": gettext_lazy("导入报送工作簿"),
}
"""Names of events and what they are called; an unknown one is shown by its name."""

DETAILS: dict[str, Any] = {
    "paper": gettext_lazy("计数依据"),
    "count_before": gettext_lazy("撤回前计数"),
    "count_after": gettext_lazy("撤回后计数"),
}
"""What the details of an event are called where its record has no such field; an unknown one is shown by its name."""

EMPTY = "—"


def action_label(action: str) -> str:
    """What an action is called."""
    return str(ACTIONS.get(action, action))


def model_of(label: str) -> type[models.Model] | None:
    """The model with a label, as long as it exists."""
    try:
        return apps.get_model(label) if label else None
    except (LookupError, ValueError):
        return None


def kind_label(label: str) -> str:
    """What a kind of record is called."""
    model = model_of(label)
    return str(model._meta.verbose_name) if model is not None else label


def field_label(model: type[models.Model] | None, name: str) -> str:
    """What a field is called; its own name where the model no longer has it."""
    field = _field(model, name)
    return str(getattr(field, "verbose_name", name)) if field is not None else str(DETAILS.get(name, name))


def value_words(model: type[models.Model] | None, name: str, value: Any) -> str:
    """A value as people read it."""
    if value is None or value == "" or value == [] or value == {}:
        return EMPTY
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if value == HIDDEN:
        return _("(不记录内容)")
    field = _field(model, name)
    choices = dict(getattr(field, "flatchoices", ()) or ())
    if not isinstance(value, list | dict) and value in choices:
        return str(choices[value])
    if isinstance(field, models.DateTimeField) and isinstance(value, str):
        return _moment(value)
    if isinstance(value, list):
        return _("、").join(str(one) for one in value)
    if isinstance(value, dict):
        return ";".join(f"{key}:{one}" for key, one in value.items())
    return str(value)


def _moment(written: str) -> str:
    moment = parse_datetime(written)
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else written


def related_model(model: type[models.Model] | None, name: str) -> type[models.Model] | None:
    """The model that a field leads to, if it is a relation."""
    field = _field(model, name)
    found = getattr(field, "related_model", None)
    return found if isinstance(found, type) else None


def _field(model: type[models.Model] | None, name: str) -> Any:
    if model is None:
        return None
    return next((field for field in model._meta.concrete_fields if field.attname == name), None)
