"""Forms of sign-in and of the administration of accounts."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.accounts.services import BELONGS_TO
from luming_portal.enterprises.models import Enterprise
from luming_portal.institutions.models import Institution

_USERNAME = re.compile(r"[\w.@-]{3,64}")


class SignInForm(LoginForm):
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("登录名")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""


class _Code(forms.Form):
    """Words for the code of an authenticator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = self.words
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs.update(autofocus=True, inputmode="text", maxlength=40)

    words: Any = gettext_lazy("验证码")


class CodeForm(_Code, AuthenticateForm):
    """The code asked for at sign-in."""

    words = gettext_lazy("验证码(认证器应用显示的6位数字,或一个恢复码)")


class CodeAgainForm(_Code, ReauthenticateForm):
    """The code asked for before something delicate."""

    words = gettext_lazy("验证码(认证器应用显示的6位数字,或一个恢复码)")


class FirstCodeForm(_Code, ActivateTOTPForm):
    """The first code, which shows that the authenticator was set up."""

    words = gettext_lazy("认证器应用显示的6位数字")


class NewAccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new account, without rights."""

    class Meta:
        model = User
        fields = ["username", "name", "email"]
        help_texts = {
            "username": gettext_lazy(
                "3到64个字母、数字、汉字或 . @ _ -;与统一认证的登录名一致时可用统一认证登录。"
            ),
            "name": gettext_lazy("本人真实姓名。"),
            "email": gettext_lazy("可不填。"),
        }

    def clean_username(self) -> str:
        """A name that is well formed and, capitals aside, not taken."""
        name = str(self.cleaned_data["username"]).strip()
        if not _USERNAME.fullmatch(name):
            raise forms.ValidationError(
                _("“%(name)s”不能作登录名:请用3到64个字母、数字、汉字或 . @ _ -。"),
                params={"name": name[:40]},
            )
        if name.lower().startswith("demo-"):
            raise forms.ValidationError(_("以 demo- 开头的登录名留给演示账号,请换一个。"))
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("登录名“%(name)s”已有人使用,请换一个。"), params={"name": name})
        return name


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=500,
        help_text=gettext_lazy("写进审计日志,例如“张三调离,原处室2025年6月来函”。"),
    )


class RightsForm(ReasonForm):
    """Role and whom the account belongs to, with a reason."""

    role = forms.ChoiceField(label=gettext_lazy("角色"), choices=Role.choices)
    unit = forms.CharField(
        label=gettext_lazy("单位"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("部门工作人员必填,写法与任务分工一致,如“市科技局”。"),
    )
    district = forms.CharField(
        label=gettext_lazy("旗县区"),
        max_length=50,
        required=False,
        help_text=gettext_lazy("旗县区工作人员必填,如“青山区”。"),
    )
    enterprise = forms.CharField(
        label=gettext_lazy("所属企业"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("企业用户必填:统一社会信用代码,或台账中的企业全称。"),
    )
    institution = forms.CharField(
        label=gettext_lazy("所属机构"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("院所用户必填:台账中的机构全称或信用代码。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["role", "unit", "district", "enterprise", "institution", "reason", "version"]

    @classmethod
    def of(cls, account: User) -> RightsForm:
        """The form as an account stands."""
        return cls(
            initial={
                "role": account.role,
                "unit": account.unit,
                "district": account.district,
                "enterprise": account.enterprise.name if account.enterprise else "",
                "institution": account.institution.name if account.institution else "",
                "version": account.version,
            }
        )

    def clean(self) -> dict[str, Any]:
        """What the role needs must be there and lead to one entry of the register."""
        given = super().clean() or {}
        needed = BELONGS_TO.get(Role(given["role"])) if given.get("role") else None
        if needed and not str(given.get(needed, "")).strip():
            self.add_error(
                needed,
                _("角色“%(role)s”必须填写%(field)s。")
                % {"role": Role(given["role"]).label, "field": self.fields[needed].label},
            )
        elif needed in ("enterprise", "institution"):
            given[needed] = self._entry(needed, str(given[needed]).strip())
        return given

    def _entry(self, field: str, written: str) -> Any:
        model: Any = Enterprise if field == "enterprise" else Institution
        found = list(model.objects.filter(name=written)[:2]) or list(
            model.objects.filter(_by_code(model, written.upper()))[:2]
        )
        if len(found) == 1:
            return found[0]
        problem = (
            _("台账中没有“%(written)s”。请核对全称或信用代码;没有登记的先请业务部门登记。")
            if not found
            else _("“%(written)s”在台账中不止一条,请填写统一社会信用代码。")
        )
        self.add_error(field, problem % {"written": written[:80]})
        return None


def _by_code(model: Any, written: str) -> Q:
    names = {field.name for field in model._meta.concrete_fields} & {"credit_code", "key"}
    return Q(*[(name, written) for name in sorted(names)], _connector=Q.OR)
