"""The command line: `luming COMMAND`. One thin module per command; a command is loaded when it is called.

What went wrong is told in a sentence on standard error. Exit codes: 0 done, 1 done but with findings that the
command was asked to report as failure, 2 not done because of what was handed in.
"""

from __future__ import annotations

import gc
import importlib
import sys

import click

from luming import __version__
from luming.cli.console import say
from luming.cli.usage import explained
from luming.errors import LumingError, reason

COMMANDS = {
    "run": "政策文件数据 + 事实 → 亮灯、预测、月调度表、通报、网页",
    "evaluate": "政策评估:半年或全年评估报告草稿",
    "extract": "从文件文本抽取目标、支持标准、资金、数量",
    "show": "查看文件分解:承诺及其条款",
    "coverage": "逐句查看由什么机制落实、到哪一步",
    "compare": "两年文件对比:新增、不再提出、提高、降低",
    "rollover": "结转:生成下一年文件的草稿",
    "facts": "事实台账:核对、导入、导出、旧工作簿映射",
    "standard": "标准:有哪些、写了什么、要哪些事实、用例对不对",
    "assess": "用标准评价整张企业表",
    "explain": "一家企业为什么符合或不符合一项标准",
    "support": "惠企事项:有哪些、用例对不对,一家企业能享受什么",
    "advise": "一家企业怎样改最省力地达到一项标准",
    "process": "流程:有哪些、走不走得通、写了什么、画成图",
    "recompute": "凭核验码重新算出一个印出的数",
    "serve": "在本机打开一次运行的结果",
    "schema": "政策文件数据的 JSON Schema",
}


class _Commands(click.Group):
    """Loads the module of a command only when that command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"luming.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="luming", message="鹿鸣 %(version)s")
def program() -> None:
    """鹿鸣:把城市的创新政策文件变成运行的系统。"""


def spare_the_collector() -> None:
    """Let the garbage collector look less often: reading a large pack makes many lasting objects and little garbage.

    Measured on 5,000 targets with 180,000 facts: reading takes 1.9 s instead of 3.8 s, with the same memory.
    """
    gc.set_threshold(200_000, 50, 50)


def main() -> None:
    """Entry point of the `luming` program."""
    spare_the_collector()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        program.main(prog_name="luming", standalone_mode=False)
    except click.exceptions.Abort:
        _stop("已取消,没有写入任何内容。", 130)
    except click.ClickException as problem:
        _stop(explained(problem), 2)
    except LumingError as problem:
        _stop(str(problem), 2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as problem:
        _stop(
            f"文件操作失败:{problem.filename2 or problem.filename or ''} {reason(problem)}。没有完成这次操作。",
            2,
        )


def _stop(sentence: str, code: int) -> None:
    say(sentence, err=True)
    sys.exit(code)
