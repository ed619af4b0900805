"""The way in and the one way out: arguments → a command → an exit code, never a bare traceback."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

OK, FINDINGS, WRONG_USE, ENVIRONMENT, INTERNAL, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 4, 130, 143
REPORT = "flowstd-error-{}.txt"       # with the number of the process
RUNNING = ("draw", "check", "book", "export", "diff", "due")


_terminated = False


def end_in_order() -> None:
    """From now on SIGTERM is answered as Ctrl-C is: what is open is closed first."""
    import signal

    def stop(number: int, frame: object) -> None:
        global _terminated
        _terminated = True
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)


def _hear_no_more() -> None:
    """All is closed and the process is about to end: asked again meanwhile, Python would only print a traceback."""
    import signal

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``flowstd`` and end the process with its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if arguments is None and _runs_modules(given):
        from .attend import attend

        _speak(given)                      # here too, for what is said of the other process
        _never_fail_to_print()
        attend(lambda: _run(given))
    code = _run(given)
    if arguments is None:
        import gc

        gc.freeze()                        # all goes with the process: looking for cycles in it took 50 ms of a build
    sys.exit(code)


def _runs_modules(given: list[str]) -> bool:
    """Whether *given* is a command that runs authors' modules in its own process."""
    words = (word for before, word in zip(["", *given], given, strict=False) if before != "--lang")
    return next((word for word in words if not word.startswith("-")), "") in RUNNING


def _run(given: list[str]) -> int:
    _speak(given)
    _never_fail_to_print()
    if sys.stdout is None:
        _complain(_text("标准输出已关闭：接到文件、管道或 /dev/null",
                        "standard output is closed: lead it to a file, a pipe or /dev/null"))
        return ENVIRONMENT
    try:
        code = _at_once(given)
        if code is None:
            code = _command(given)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt as error:
        # not imported here: that takes a while, in which the person may ask again
        attended = sys.modules.get("flowstd.catalog.attended")
        if attended is not None and attended.nobody_asked():
            return _broke(error, given)
        _hear_no_more()
        tell_interrupted()
        return TERMINATED if _terminated else INTERRUPTED
    except OSError as error:
        if isinstance(error, BrokenPipeError) and _reader_left():
            _close_quietly()
            return OK
        return _refused(error) if error.errno in _OF_THE_SYSTEM else _broke(error, given)
    except BaseException as error:         # SystemExit too: only what a module has made ends itself
        return _broke(error, given)


def tell_interrupted() -> None:
    """Say that the person has ended it."""
    _complain(_text("已中断；已写完的文件都是完整的", "interrupted; the files already written are whole"))


def _reader_left() -> bool:
    """Whether standard output is read no more."""
    import select

    with suppress(OSError, ValueError, AttributeError):        # it is closed, or no file; there is no poll
        asked = select.poll()
        asked.register(sys.stdout.fileno(), select.POLLOUT)
        return any(event & (select.POLLERR | select.POLLHUP) for _, event in asked.poll(0))
    return True


_OF_THE_SYSTEM = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF, errno.EMFILE, errno.ENFILE, errno.ENOMEM,
                  errno.EAGAIN, errno.EFBIG, errno.EROFS)


def _refused(error: OSError) -> int:
    """The system refuses what belongs to no chart: standard output is full, or no more files may be open."""
    from flowstd.base.files import advice, reason
    from flowstd.base.text import Text

    _close_quietly()
    why, fix = reason(error), advice(error)
    name = Text(error.filename, error.filename) if error.filename else Text("标准输出或系统", "standard output or the system")
    _complain(Text(f"{name.zh}：{why.zh}；{fix.zh}", f"{name.en}: {why.en}; {fix.en}").say())
    return ENVIRONMENT


def _at_once(given: list[str]) -> int | None:
    """The version, or the answer to a build that has nothing to do."""
    if given != ["--version"]:
        return _unchanged(given)
    from flowstd import __version__

    print(f"flowstd {__version__}")
    return OK


def _unchanged(given: list[str]) -> int | None:
    """A build that has nothing to do is answered before the compiler is loaded."""
    if given[:1] != ["build"]:
        return None
    from .unchanged import answer

    return answer(given)


def _command(given: list[str]) -> int:
    """The exit code of the command that *given* names; the errors of flowstd are told here."""
    import gc

    gc.set_threshold(100_000, 10, 10)       # few of our values form cycles: looking for them took a tenth of a build
    from flowstd.base.errors import BadEnvironment, BadUse, FlowstdError

    try:
        from .commands import run
        from .terminal import want_stacks

        want_stacks("--traceback" in given)
        return run(given)
    except FlowstdError as error:
        if "--traceback" in given:
            import traceback

            _complain(traceback.format_exc())
        from flowstd.report.text import told

        _complain(told(error))
        if isinstance(error, BadUse):
            return WRONG_USE
        return ENVIRONMENT if isinstance(error, BadEnvironment) else FINDINGS


def _speak(given: list[str]) -> None:
    """Choose the language before the first word is made: ``--lang`` counts more than the locale."""
    for at, word in enumerate(given):
        chosen = word[7:] if word.startswith("--lang=") else ""
        if word == "--lang" and at + 1 < len(given):
            chosen = given[at + 1]
        if chosen in ("zh", "en"):
            os.environ["FLOWSTD_LANG"] = chosen


def _never_fail_to_print() -> None:
    """A terminal that lacks a letter gets its code point instead of an error; complaints may have nowhere to go."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # for as long as the process lives
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")


def _broke(error: BaseException, given: list[str]) -> int:
    """Our own fault: the stack goes into a file, the person gets one line."""
    import traceback

    stack = traceback.format_exc()
    if "--traceback" in given:
        _complain(stack)
    path = _report(stack, given)
    place_zh, place_en = (f"，详情写在 {path}", f"; details are in {path}") if path else ("", "")
    name = " ".join("".join(traceback.format_exception_only(error)).split())     # whatever it answers when asked itself
    _complain(_text(f"flowstd 自身出错：{name}{place_zh}", f"flowstd itself broke: {name}{place_en}"))
    return INTERNAL


def _report(stack: str, given: list[str]) -> str:
    import platform
    import tempfile

    from flowstd import __version__

    text = f"flowstd {__version__}, Python {platform.python_version()}, {platform.platform()}\n{given!r}\n\n{stack}"
    for folder in (os.getcwd(), tempfile.gettempdir()):
        path = os.path.join(folder, REPORT.format(os.getpid()))
        try:
            with open(path, "x", encoding="utf-8", errors="backslashreplace") as file:     # no link is followed
                file.write(text)
            return path
        except OSError:
            continue
    return ""


def _complain(words: str) -> None:
    from flowstd.base.text import harmless

    try:
        print(harmless(words.rstrip("\n")), file=sys.stderr, flush=True)
    except (BrokenPipeError, ValueError):
        _close_quietly()


def _close_quietly() -> None:
    """The reader is gone: keep Python from complaining when it closes the streams."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        pass


def _text(zh: str, en: str) -> str:
    from flowstd.base.text import Text

    return Text(zh, en).say()
