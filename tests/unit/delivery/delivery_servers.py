"""An LRS and an LMS's grade services over loopback HTTP, with every fault that deliveries must survive."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Reply:
    """What a server says; `cut` closes the line without saying it (after whatever was stored)."""

    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    half: bool = False


Fault = Callable[["Request"], Reply | None]


@dataclass
class Request:
    """One request as a fault sees it."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


class Server:
    """Answers with `answer`, unless `before` speaks first or `after` takes the answer away."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.requests: list[Request] = []
        self.before: Fault = lambda _request: None
        self.after: Fault = lambda _request: None
        self.url = ""

    def handle(self, request: Request) -> Reply:
        with self.lock:
            self.requests.append(request)
            early = self.before(request)
            if early is not None:
                return early
            said = self.answer(request)
            return self.after(request) or said

    def answer(self, request: Request) -> Reply:
        raise AssertionError(request.path)

    def count(self, method: str, ending: str = "") -> int:
        return sum(one.method == method and one.path.endswith(ending) for one in self.requests)


class FakeLrs(Server):
    """Statements by id: equal ones are taken again, others conflict; it refuses `poison`, and `breaking` crashes it."""

    def __init__(self) -> None:
        super().__init__()
        self.stored: dict[str, dict] = {}
        self.poison: set[str] = set()
        self.breaking: set[str] = set()
        self.always_conflict = False
        self.most = 1000
        self.order: list[tuple[str, int]] = []

    def answer(self, request: Request) -> Reply:
        if request.method == "GET":
            found = self.stored.get(request.query["statementId"])
            return Reply(200, json.dumps(found)) if found else Reply(404, "none")
        try:
            statements = json.loads(request.body)
        except ValueError:
            return Reply(400, "not JSON")
        refusal = self._refusal(statements)
        if refusal is not None:
            return refusal
        ids = [one["id"] for one in statements]
        known = self.stored.keys() & set(ids)
        for one in statements:
            if one["id"] not in self.stored:
                self.stored[one["id"]] = stamped(one)
                self.order.append((one["context"]["registration"], one["number"]))
        return Reply(200, json.dumps(ids)) if len(known) < len(ids) else Reply(204)

    def _refusal(self, statements: list[dict]) -> Reply | None:
        ids = {one["id"] for one in statements}
        if len(statements) > self.most:
            return Reply(413, "too many")
        if self.breaking & ids:
            return Reply(500, "crash")
        if self.poison & ids:
            return Reply(400, "bad\x00 verb\n in a statement")
        known = [one for one in statements if one["id"] in self.stored]
        if (self.always_conflict and known) or any(self.stored[one["id"]] != stamped(one) for one in known):
            return Reply(409, "known")
        return None


def stamped(statement: dict) -> dict:
    """As an LRS keeps it."""
    return {**statement, "stored": "2026-11-23T10:00:00Z", "authority": {"mbox": "mailto:a@example.org"}}


class FakeLms(Server):
    """A token endpoint, scores and results, as strict as Moodle 4.2: equal seconds conflict, strangers are refused."""

    def __init__(self) -> None:
        super().__init__()
        self.scores: dict[tuple[str, str], list[dict]] = {}
        self.results: dict[tuple[str, str], dict] = {}
        self.strangers: set[str] = set()
        self.maximum = 100.0
        self.can_read = True
        self.token_status = 200

    def answer(self, request: Request) -> Reply:
        if request.path == "/token":
            if self.token_status != 200:
                return Reply(self.token_status, '{"error":"invalid_client"}')
            return Reply(200, json.dumps({"access_token": "t", "expires_in": 3600, "token_type": "Bearer"}))
        column = request.path.rsplit("/", 1)[0]
        if request.method == "GET":
            if not self.can_read:
                return Reply(403, "no scope")
            found = self.results.get((column, request.query["user_id"]))
            return Reply(200, json.dumps([found] if found else []))
        score = json.loads(request.body)
        return self._score(column, score)

    def _score(self, column: str, score: dict) -> Reply:
        key = (column, score["userId"])
        if score["userId"] in self.strangers:
            return Reply(400, "User could not be found")
        moment = datetime.fromisoformat(score["timestamp"]).replace(microsecond=0)
        earlier = self.scores.setdefault(key, [])
        if earlier and datetime.fromisoformat(earlier[-1]["timestamp"]).replace(microsecond=0) >= moment:
            return Reply(409, "Refusing score with an earlier timestamp")
        earlier.append(score)
        share = score["scoreGiven"] / score["scoreMaximum"]
        self.results[key] = {
            "id": "r", "userId": score["userId"], "comment": score["comment"],
            "resultScore": round(share * self.maximum, 3), "resultMaximum": self.maximum,
        }  # fmt: skip
        return Reply(200)


class _Handler(BaseHTTPRequestHandler):
    """Hands each request to the test's server and says what that answers."""

    server_of_test: Server
    protocol_version = "HTTP/1.1"
    timeout = 20
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        query = {key: found[0] for key, found in parse_qs(parts.query).items()}
        request = Request(self.command, parts.path, query, dict(self.headers), self.rfile.read(length))
        self.say(self.server_of_test.handle(request))

    def do_GET(self) -> None:
        self.do_POST()

    def say(self, reply: Reply) -> None:
        self.close_connection = reply.cut or reply.half
        if reply.cut:
            return
        body = reply.body.encode()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if reply.half else body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def serving(server: Server) -> Iterator[None]:
    """Runs a server on a free loopback port; `server.url` is its address."""
    web = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"server_of_test": server}))
    web.daemon_threads = True
    server.url = f"http://127.0.0.1:{web.server_port}"
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        web.shutdown()
        web.server_close()
        thread.join()
