"""The description of the interface in OpenAPI 3.1, put together by django-ninja and completed here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from luming.punctuation import full_width_outside_quotes
from luming_portal.api.problem import MEDIA_TYPE
from luming_portal.api.shapes import ProblemShape

_REFERENCE = "#/components/schemas/{model}"
_ABOUT = {
    304: "没有变化",
    400: "请求写法有误",
    401: "需要有效的令牌",
    403: "没有权限,或令牌没有这个范围",
    404: "没有这项内容,或它不对您开放",
    409: "与现有内容冲突,或同一请求正在处理",
    412: "内容已被他人更新;正文给出现在的内容",
    413: "正文太大",
    415: "正文不是 JSON",
    422: "内容有误,逐项列出",
    428: "修改须用 If-Match 注明版次",
    429: "请求太频繁;Retry-After 秒后再试",
}


class PortalAPI(NinjaAPI):
    """The interface, whose description is complete."""

    _described: OpenAPISchema | None = None

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The description; in Chinese, whatever language the reader prefers, so that it never changes by itself.

        Made once: it takes most of a second and does not change while the process runs.
        """
        if self._described is None:
            with override("zh-hans"):
                self._described = super().get_openapi_schema(path_prefix="/api/v1/")
                complete(self._described)
                _widen(self._described)
        return self._described


def complete(schema: dict[str, Any]) -> None:
    """Add security schemes, the shape of problems, and the problems of each operation."""
    components = schema["components"]
    told = ProblemShape.model_json_schema(ref_template=_REFERENCE)
    components["schemas"] |= told.pop("$defs", {})
    components["schemas"]["Problem"] = told
    components["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "luming_…",
            "description": "接口令牌:Authorization: Bearer luming_…",
        },
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "浏览器登录会话;写入时还须带 CSRF 令牌",
        },
    }
    components["responses"] = {
        f"Problem{status}": _problem(about) for status, about in _ABOUT.items() if status != 304
    }
    for shape in components["schemas"].values():
        _without_titles(shape)
    schema.pop("servers", None)
    for path in schema["paths"].values():
        for operation in path.values():
            _complete_operation(operation)


def _complete_operation(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    for status in operation.pop("x-statuses", ()):
        responses[status] = (
            {"description": _ABOUT[304]}
            if status == 304
            else {"$ref": f"#/components/responses/Problem{status}"}
        )
    media = operation.pop("x-media", "")
    for status, told in list(responses.items()):
        if "description" in told and int(status) < 300:
            told["description"] = {200: "成功", 201: "已新增", 202: "已接受", 204: "已删除"}[int(status)]
            if media:
                told["content"] = {media: {"schema": {"type": "string"}}}
    operation["responses"] = {str(status): responses[status] for status in sorted(responses, key=int)}
    if operation.get("requestBody"):
        operation["responses"].setdefault("400", {"$ref": "#/components/responses/Problem400"})


def _widen(told: Any) -> None:
    """Full-width marks in all words for readers, whether the Chinese catalogue is compiled or not."""
    if isinstance(told, list):
        for one in told:
            _widen(one)
    if not isinstance(told, dict):
        return
    for name, value in told.items():
        if name in ("description", "summary") and isinstance(value, str):
            told[name] = full_width_outside_quotes(value)
        else:
            _widen(value)


def _without_titles(shape: dict[str, Any]) -> None:
    """A field's name is title enough; what pydantic makes of it says nothing more."""
    for told in shape.get("properties", {}).values():
        told.pop("title", None)


def _problem(about: str) -> dict[str, Any]:
    return {
        "description": about,
        "content": {MEDIA_TYPE: {"schema": {"$ref": _REFERENCE.format(model="Problem")}}},
    }
