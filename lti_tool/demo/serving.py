"""Serves an application on a thread, for the demo and for tests."""

import socket
import ssl
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self
from wsgiref.types import WSGIApplication

from werkzeug.serving import WSGIRequestHandler, make_server


class Server:
    """One application on one address, each request on a thread of its own; usable in a `with`.

    Port 0 asks the system for a free one. An application that must know its own address is given by `serving`.
    """

    def __init__(
        self,
        app: WSGIApplication,
        host: str = "127.0.0.1",
        port: int = 0,
        ssl_context: ssl.SSLContext | None = None,
        listening: socket.socket | None = None,
    ) -> None:
        self._socket = listening or _listen(host, port)
        self.host, self.port = host, int(self._socket.getsockname()[1])
        self.url = _address(host, self.port, ssl_context)
        self._server = make_server(
            host,
            self.port,
            app,
            threaded=True,
            request_handler=_Quiet,
            ssl_context=ssl_context,
            fd=self._socket.fileno(),
        )
        if ssl_context is not None:
            # The handshake then happens on the request's own thread: a silent client cannot hold up the others.
            self._server.socket.do_handshake_on_connect = False  # type: ignore[attr-defined]  # an SSLSocket here
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def start(self) -> Self:
        """Begins to answer; returns itself."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends answering and frees the port; requests already begun may finish on their threads."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join(timeout=5)
        self._server.server_close()
        self._socket.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def serving(
    make: Callable[[str], WSGIApplication],
    host: str = "127.0.0.1",
    port: int = 0,
    ssl_context: ssl.SSLContext | None = None,
    public_host: str | None = None,
) -> Server:
    """A server, not yet started, of the application that `make` builds when told its public address.

    `public_host` is the name by which browsers reach it (`lms.test`), where that is not the address it listens on.
    """
    listening = _listen(host, port)
    app = make(_address(public_host or host, int(listening.getsockname()[1]), ssl_context))
    return Server(app, host, ssl_context=ssl_context, listening=listening)


class _Quiet(WSGIRequestHandler):
    """Logs no requests: their addresses may carry one-time secrets."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the name is werkzeug's
        """Says nothing."""


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


def _address(host: str, port: int, ssl_context: ssl.SSLContext | None) -> str:
    return f"{'https' if ssl_context else 'http'}://{host}:{port}"
