"""The register of experts, and what is known of their ties. Never public: who may judge is not told before."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming.appraisal import Bar, Speciality
from luming.appraisal import Expert as Judge
from luming_portal.audit.governed import Governed, RegisterRecord
from luming_portal.library_words import WORDS


class Expert(RegisterRecord):
    """Somebody who may be asked to judge: an entry of the register of people, with speciality and account.

    Attributes:
        person: the person; name, title, field and employer stand there.
        account: with which the expert signs in; None where there is none yet, then nobody can be invited.
        active: whether the expert may be asked now.
    """

    noun = "expert"

    key = models.CharField(_("编号"), max_length=40, unique=True)
    person = models.OneToOneField(
        "people.Person", verbose_name=_("人才"), on_delete=models.PROTECT, related_name="expert"
    )
    name = models.CharField(_("姓名"), max_length=60, editable=False, db_index=True)
    unit = models.CharField(_("所在单位"), max_length=200, editable=False, blank=True)
    speciality = models.CharField(
        _("专家类别"),
        max_length=12,
        choices=[(one.value, WORDS[one.label]) for one in Speciality],
        default=Speciality.TECHNICAL.value,
        db_index=True,
    )
    account = models.OneToOneField(
        "accounts.User",
        verbose_name=_("登录账号"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="expert",
    )
    fields_of_work = models.CharField(_("评审领域"), max_length=300, blank=True)
    active = models.BooleanField(_("在库"), default=True)

    class Meta:
        verbose_name = _("专家")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps name and unit as the register of people has them."""
        if self.person_id is not None:
            self.name, self.unit = self.person.name, self.person.employer
        super().save(*args, **kwargs)

    def judge(self) -> Judge:
        """The expert as the library knows one."""
        return Judge(self.key, self.person.name, self.person.employer, Speciality(self.speciality))

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """One's own entry; those that a unit is in charge of."""
        if scope == "own":
            return Q(account_id=user.pk) if user.is_authenticated else None
        return super().scope_filter(scope, user)


class ExpertTie(Governed):
    """A tie of an expert: a second employer, joint work, supervision, kin, interest. Kept for the check of conflicts.

    Attributes:
        whom: person or unit on the other side, by name; `person` where the register knows him.
        title: the joint project, paper or patent.
        last_on: the last day of it; None where nobody knows, and then somebody has to look.
        told_by: who says so or where it stands.
    """

    noun = "expert_tie"
    personal_fields = frozenset({"whom", "title"})

    expert = models.ForeignKey(Expert, verbose_name=_("专家"), on_delete=models.PROTECT, related_name="ties")
    bar = models.CharField(
        _("关系"),
        max_length=20,
        choices=[(one.value, WORDS[one.label]) for one in Bar if one not in (Bar.COMPLETER, Bar.DECLARED)],
    )
    whom = models.CharField(_("对方姓名或单位"), max_length=200)
    of_unit = models.BooleanField(_("对方是单位"), default=False)
    person = models.ForeignKey(
        "people.Person", verbose_name=_("对方(人才库)"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    title = models.CharField(_("合作的项目、论文或专利"), max_length=300, blank=True)
    last_on = models.DateField(_("最近一次日期"), null=True, blank=True)
    told_by = models.CharField(_("来源"), max_length=200)

    class Meta:
        verbose_name = _("专家关系")
        ordering = ["expert", "bar", "pk"]

    def __str__(self) -> str:
        return f"{self.expert} {self.get_bar_display()}"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """An expert's own."""
        return Q(expert__account_id=user.pk) if scope == "own" and user.is_authenticated else None
