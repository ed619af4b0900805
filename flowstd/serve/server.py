"""The server: loopback only, and gone two seconds after Ctrl-C, whoever is still looking."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn

from flowstd.base.errors import BadEnvironment
from flowstd.base.process import Limits
from flowstd.base.text import Text

from .app import app
from .preview import Preview

HOME = "127.0.0.1"
PORT = 8484                        # unless another one is asked for, or it is taken


def serve(folder: Path, limits: Limits, port: int | None, ready: Callable[[str], None]) -> None:
    """Show *folder* until Ctrl-C; *ready* is told the address. Without a *port* it is ours, or any that is free.

    *limits*: what reading one file, or making one chart, may take.

    Raises: BadEnvironment: the port is taken.
    """
    listening = _listening(port)
    number = listening.getsockname()[1]
    preview = Preview(folder, limits)
    config = uvicorn.Config(app(preview, number), log_level="error", access_log=False, ws="none", http="h11",
                            server_header=False, date_header=False, timeout_graceful_shutdown=1)
    ready(f"http://{HOME}:{number}/")
    try:
        _Server(config, preview).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()


class _Server(uvicorn.Server):
    """Tells the pages that follow before it waits for them to go."""

    def __init__(self, config: uvicorn.Config, preview: Preview) -> None:
        super().__init__(config)
        self.preview = preview

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.preview.close()
        super().handle_exit(sig, frame)


def _listening(port: int | None) -> socket.socket:
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOME, PORT if port is None else port))
        found.listen()              # here: a port that is bound by another, but not listened to, is free for Linux
    except OSError as error:
        found.close()
        if port is None and error.errno == errno.EADDRINUSE:
            return _listening(0)
        raise BadEnvironment(Text(f"端口 {port or PORT} 用不了：{error.strerror}",
                                  f"port {port or PORT} cannot be used: {error.strerror}"),
                             fix=Text("用 --port 换一个端口", "choose another one with --port")) from None
    return found
