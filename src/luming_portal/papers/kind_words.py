"""The kinds of papers in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KIND_WORDS = {
    "acceptance": _("受理通知书"),
    "supplement": _("补正通知书"),
    "rejection": _("不予受理通知书"),
    "publicity": _("公示"),
    "decision": _("决定书"),
    "supervision": _("督办函"),
    "agreement": _("协议书"),
    "task_book": _("任务书"),
    "acceptance_opinion": _("验收意见书"),
    "payment_receipt": _("拨付回执"),
    "recovery": _("追回通知书"),
    "evaluation_report": _("评价报告"),
    "card": _("人才服务卡"),
}
