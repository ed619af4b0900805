"""DOT → a picture, by the program Graphviz where it is installed: to compare with, not to publish.

It runs as a process of its own and is ended when it takes too long: long
lines back can keep it busy for ever.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess

from flowstd.base.errors import BadEnvironment
from flowstd.base.text import Text

PROGRAM = "dot"
SECONDS = 60


def drawn(source: str, form: str = "svg", seconds: float = SECONDS) -> bytes:
    """*source*, in DOT, as a picture: svg, png or pdf.

    Raises: BadEnvironment: Graphviz is not installed, took longer than *seconds*, or could not draw it.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise BadEnvironment(Text("--engine dot 需要 Graphviz，没有找到程序 dot：请先安装 Graphviz，或不写 --engine",
                                  "--engine dot needs Graphviz, but there is no program dot: install Graphviz, or "
                                  "leave --engine out"))
    process = subprocess.Popen([program, f"-T{form}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE,
                               start_new_session=True)
    try:
        made, said = process.communicate(source.encode("utf-8"), timeout=seconds)
    except subprocess.TimeoutExpired:
        raise BadEnvironment(Text(f"Graphviz 画了 {seconds:g} 秒还没有画完，已停止",
                                  f"Graphviz was not done after {seconds:g} seconds and was ended")) from None
    finally:
        _end(process)
    if process.returncode or not made:
        reason = said.decode("utf-8", "replace").strip().split("\n")[0]
        raise BadEnvironment(Text(f"Graphviz 画不了：{reason}", f"Graphviz could not draw it: {reason}"))
    return made


def _end(process: subprocess.Popen[bytes]) -> None:
    """End *process* and all that it started, if it still runs."""
    if process.poll() is None:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.communicate()
