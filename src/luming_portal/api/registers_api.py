"""The registers, each with the same addresses, derived from its description: list, record, add, change, remove."""
# No `from __future__ import annotations` here: django-ninja reads the shapes of bodies off the annotations, and they
# are made in the loop over the registers.

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from luming_portal.accounts.rights import Action, Refused
from luming_portal.api import etags, pagination
from luming_portal.api.answers import answer, plain
from luming_portal.api.caller import Caller, caller_of, refusal
from luming_portal.api.described import Told, described
from luming_portal.api.idempotency import replayable
from luming_portal.api.parameters import Parameter, check
from luming_portal.api.problem import Fault, Problem, invalid, not_found
from luming_portal.api.reasons import reason_of
from luming_portal.api.record_shapes import change_shape, create_shape, links, record_model, shown
from luming_portal.api.services import change_record, create_record, remove_record
from luming_portal.api.shapes import page_model
from luming_portal.audit.door import ReasonMissing, StaleVersion
from luming_portal.audit.stamp import last_change
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.register import Register
from luming_portal.registers.rows import records, values
from luming_portal.registers.state import LONGEST_SEARCH, read_state

_LARGEST_ID = 9_223_372_036_854_775_807


def register_router(register: Register) -> Router:
    """The addresses of a register."""
    router = Router(tags=[str(register.label)])
    _add_reading(router, register)
    if not register.append_only:
        _add_writing(router, register)
    return router


def _add_reading(router: Router, register: Register) -> None:
    shape = record_model(register)
    slug, label, read = register.slug, register.label, f"read:{register.noun}"
    parameters = list_parameters(register)

    @router.get(
        "",
        response=page_model(shape),
        **described(
            Told(f"{slug}_list", f"列出{label}", read, parameters=parameters, cached=True, visitor=True),
            f"{register.about}筛选、排序、列与页面地址所用的相同。",
        ),
    )
    def list_records(request: HttpRequest) -> HttpResponse:
        return _list(request, register, caller_of(request, read))

    @router.get(
        "/{int:id}",
        response=shape,
        **described(
            Told(f"{slug}_read", f"读取一条{label}", read, cached=True, visitor=True, one=True),
            "ETag 是这一条的版次,修改时写入 If-Match。看不到的与不存在的同样答 404。",
        ),
    )
    def read_record(request: HttpRequest, id: int) -> HttpResponse:
        caller = caller_of(request, read)
        check(request.GET, ())
        caller.require(Action.VIEW, register.noun)
        record = _seen(register, caller, id)
        etag = etags.of_version(record.version)
        return etags.unchanged(request, etag) or answer(_told(register, caller, record), etag=etag)


def _add_writing(router: Router, register: Register) -> None:
    shape, slug, label, write = (
        record_model(register),
        register.slug,
        register.label,
        f"write:{register.noun}",
    )
    new_shape, changed_shape = create_shape(register), change_shape(register)

    @router.post(
        "",
        response={201: shape},
        **described(
            Told(f"{slug}_create", f"新增一条{label}", write, writes=True), "答 201,Location 是新的一条。"
        ),
    )
    @replayable
    def add_record(request: HttpRequest, body: new_shape) -> HttpResponse:  # type: ignore[valid-type]
        caller = caller_of(request, write)
        check(request.GET, ())
        given = body.model_dump(exclude_unset=True)  # type: ignore[attr-defined]
        reason = reason_of(request, given.pop("reason", None))
        record = _carried_out(
            register,
            caller,
            lambda: create_record(caller.user, register, _allowed(register, caller, given), reason),
        )
        return answer(
            _told(register, caller, record),
            status=201,
            etag=etags.of_version(record.version),
            headers={"Location": links(register, record.pk)["self"]},
        )

    @router.patch(
        "/{int:id}",
        response=shape,
        **described(
            Told(f"{slug}_change", f"修改一条{label}", write, writes=True, versioned=True, one=True),
            "只改正文给出的字段。受管字段的修改须有理由。",
        ),
    )
    @replayable
    def alter_record(request: HttpRequest, id: int, body: changed_shape) -> HttpResponse:  # type: ignore[valid-type]
        caller = caller_of(request, write)
        check(request.GET, ())
        record = _seen(register, caller, id)
        expected = etags.expected_version(request)
        given = body.model_dump(exclude_unset=True)  # type: ignore[attr-defined]
        reason = reason_of(request, given.pop("reason", None))
        changed = _carried_out(
            register,
            caller,
            lambda: change_record(
                caller.user, register, record, _allowed(register, caller, given), reason, expected
            ),
        )
        return answer(_told(register, caller, changed), etag=etags.of_version(changed.version))

    @router.delete(
        "/{int:id}",
        response={204: None},
        **described(
            Told(f"{slug}_delete", f"删除一条{label}", write, writes=True, versioned=True, one=True),
            "须有理由(请求头 X-Reason)。被别处引用的不能删除。",
        ),
    )
    @replayable
    def remove(request: HttpRequest, id: int) -> HttpResponse:
        caller = caller_of(request, write)
        check(request.GET, ())
        record = _seen(register, caller, id)
        expected = etags.expected_version(request)
        reason = reason_of(request)
        _carried_out(register, caller, lambda: remove_record(caller.user, register, record, reason, expected))
        return HttpResponse(status=204)


def list_parameters(register: Register) -> tuple[Parameter, ...]:
    """All parameters that a list understands, for its documentation."""
    sortable = [column.key for column in register.columns if column.order]
    found = [
        Parameter("q", "搜索词,空格分开的词都要有", most=LONGEST_SEARCH),
        Parameter(
            "sort",
            f"按哪些列排序,逗号分开,列名前加 - 为降序;可用:{'、'.join(sortable)}",
            least=1,
            most=200,
            pattern=_list_of("-?", sortable),
        ),
        Parameter(
            "columns",
            "要哪些列,逗号分开;不给时为全部可读的列",
            least=1,
            most=500,
            pattern=_list_of("", [column.key for column in register.columns]),
        ),
        pagination.PAGE,
        pagination.SIZE,
        pagination.CURSOR,
    ]
    for column in register.columns:
        if column.filtered:
            found += _filters(column)
    return tuple(found)


def _list_of(sign: str, keys: list[str]) -> str:
    """The pattern of keys parted by commas."""
    one = f"{sign}({'|'.join(keys)})"
    return f"^{one}(,{one})*$"


def _filters(column: Column) -> list[Parameter]:
    label, key = str(column.label), column.key
    empty = Parameter(f"{key}.empty", f"“{label}”未填(1)或已填(0)", values=("0", "1"))
    if column.kind in (Kind.NUMBER, Kind.DATE):
        kind = "day" if column.kind is Kind.DATE else "number"
        return [
            Parameter(f"{key}.from", f"“{label}”不小于", kind),
            Parameter(f"{key}.to", f"“{label}”不大于", kind),
            empty,
        ]
    if column.kind is Kind.FLAG:
        return [Parameter(key, f"“{label}”:1 是,0 否", values=("0", "1")), empty]
    about = f"“{label}”为其中之一" if column.kind is Kind.CHOICE else f"“{label}”含有"
    return [Parameter(key, about, least=1, most=LONGEST_SEARCH, many=True), empty]


def _list(request: HttpRequest, register: Register, caller: Caller) -> HttpResponse:
    caller.require(Action.VIEW, register.noun)
    own = _own(register, caller)
    check(request.GET, list_parameters(own))
    etag = etags.of_answer(request, caller, last_change(*_kinds(register)))
    same = etags.unchanged(request, etag)
    if same is not None:
        return same
    state = read_state(own, caller.user, request.GET)
    if state.faults:
        raise invalid([Fault("?", "invalid_parameter", fault) for fault in state.faults])
    columns = _with_demo(state.columns if state.own_columns else tuple(own.columns), register)
    queryset = records(own, caller.user, state)
    if "cursor" in request.GET:
        part = pagination.keyset(queryset, int(request.GET["cursor"]), state.size, columns)
    else:
        part = pagination.numbered(own, queryset, state.page, state.size, columns)
    turn = shown(register, plain)
    items = [turn(row, columns) for row in part.rows]
    return answer(
        {
            "total": part.total,
            "page": part.page,
            "pages": part.pages,
            "size": part.size,
            "conditions": [str(one.words) for one in state.filters],
            "items": items,
            "links": pagination.links(request, part, items[-1]["id"] if items else None, len(items)),
        },
        etag=etag,
    )


def _own(register: Register, caller: Caller) -> Register:
    """The register with the columns that the caller may read, and no others."""
    return replace(register, columns=caller.register(register).columns_for(caller.user))


def _kinds(register: Register) -> list[Any]:
    """The model of the register and those that its columns read through."""
    found = [register.model]
    for column in register.columns:
        head, sep, _tail = column.read.partition("__")
        if sep:
            related = register.model._meta.get_field(head).related_model
            if related is not None and related not in found:
                found.append(related)  # type: ignore[arg-type]
    return found


def _with_demo(columns: tuple[Column, ...], register: Register) -> tuple[Column, ...]:
    """Whether a record is invented is always told."""
    demo = register.column("demo")
    return columns if demo is None or demo in columns else (*columns, demo)


def _seen(register: Register, caller: Caller, pk: int) -> Any:
    found = None
    if pk <= _LARGEST_ID:
        found = register.records(caller.user).select_related(*register.select).filter(pk=pk).first()
    if found is None:
        raise not_found()
    return found


def _told(register: Register, caller: Caller, record: Any) -> dict[str, Any]:
    """A record as the caller may read it."""
    columns = _with_demo(tuple(_own(register, caller).columns), register)
    row = next(iter(values(register.model._default_manager.filter(pk=record.pk), columns)), None)
    if row is None:
        raise not_found()
    return shown(register, plain)(row, columns)


def _allowed(register: Register, caller: Caller, given: dict[str, Any]) -> dict[str, Any]:
    """What is to be written, unless it touches columns that the caller may not even read."""
    names = {column.key for column in _own(register, caller).columns}
    foreign = [key for key in given if key not in names]
    if foreign:
        raise Problem(
            403,
            "forbidden",
            f"您或这个令牌无权修改这些列:{'、'.join(foreign)}。没有保存任何内容。",
            faults=[Fault(f"/{key}", "forbidden", "无权修改。") for key in foreign],
        )
    return given


def _carried_out(register: Register, caller: Caller, write: Any) -> Any:
    try:
        return write()
    except Refused as refused:
        raise refusal(caller, refused.reason) from refused
    except StaleVersion as stale:
        current = _told(register, caller, stale.stored)
        raise Problem(
            412,
            "stale",
            str(stale),
            headers={"ETag": etags.of_version(stale.stored.version)},
            current=current,
        ) from stale
    except ReasonMissing as missing:
        raise Problem(
            422,
            "reason_missing",
            f"{missing}请在正文的 reason 字段或请求头 X-Reason 里写明。没有保存任何内容。",
            faults=[Fault("/reason", "missing", f"修改“{name}”须有理由。") for name in missing.fields],
        ) from missing
