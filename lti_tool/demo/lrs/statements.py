"""The statements resource (xAPI 1.0.3 Communication §2.1) and the about resource (§2.8)."""

import hmac
import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from lti_tool.clock import iso
from lti_tool.demo.faults import suffer
from lti_tool.demo.lrs.memory import Memory, memory_of
from lti_tool.demo.lrs.store import Conflict, Stored, Wanted, actor_key, moment
from lti_tool.demo.lrs.validation import Invalid, check_statement

statements = Blueprint("statements", __name__)
about = Blueprint("about", __name__)
VERSIONS = ("1.0.3", "1.0.2", "1.0.1", "1.0.0")
_FILTERS = frozenset({"agent", "verb", "activity", "registration", "since", "until", "limit", "ascending"})
_SINGLE = ("statementId", "voidedStatementId")
_ALSO = frozenset({"format", "attachments"})


def here() -> Memory:
    """The memory of the LRS that answers the present request."""
    return memory_of(current_app)


suffer(statements, lambda: here().faults)


class Refused(Exception):
    """A request that is answered by a status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


@statements.errorhandler(Refused)
def refused(refusal: Refused) -> ResponseReturnValue:
    """The sentence as JSON; 401 asks for the password."""
    headers = {"WWW-Authenticate": 'Basic realm="LRS"'} if refusal.status == 401 else {}
    return jsonify(error=True, message=refusal.sentence), refusal.status, headers


@statements.before_request
def admit() -> None:
    """Lets in who has the password and speaks our version (§3.3)."""
    given, config = request.authorization, here().config
    sent = f"{given.username}:{given.password}" if given is not None and given.type == "basic" else ""
    if not hmac.compare_digest(sent.encode(), f"{config.username}:{config.password}".encode()):
        raise Refused(401, "wrong user name or password")
    version = request.headers.get("X-Experience-API-Version", "")
    if not version.startswith("1.0"):
        raise Refused(400, f"X-Experience-API-Version must begin with 1.0, not {version!r}")


@statements.after_request
def sign(response: Response) -> Response:
    """The headers of every answer (§2.1.3, §3.3)."""
    response.headers["X-Experience-API-Version"] = VERSIONS[0]
    if request.method in {"GET", "HEAD"}:
        through = here().store.consistent_through(here().config.clock())
        response.headers["X-Experience-API-Consistent-Through"] = iso(through)
    return response


@about.get("/about")
def versions() -> ResponseReturnValue:
    """The versions that we speak; open to all."""
    return jsonify(version=list(VERSIONS))


@statements.post("/statements")
def post() -> ResponseReturnValue:
    """Takes one statement or a list, all or nothing; answers their ids."""
    body = _body()
    given = body if isinstance(body, list) else [body]
    checked = [_checked(one) for one in given]
    ids = [one["id"].lower() for one in checked if "id" in one]
    if len(ids) != len(set(ids)):
        raise Refused(400, "an id occurs twice in the batch")
    return jsonify(_take(checked))


@statements.put("/statements")
def put() -> ResponseReturnValue:
    """Takes one statement under the id of the address."""
    wanted = request.args.get("statementId")
    statement = _checked({"id": wanted, **_mapping(_body())}) if wanted else None
    if statement is None or set(request.args) != {"statementId"}:
        raise Refused(400, "statementId is needed, and nothing else")
    if statement["id"].lower() != str(wanted).lower():
        raise Refused(400, "the statement has another id than the address")
    _take([statement])
    return Response(status=204)


@statements.get("/statements")
def get() -> ResponseReturnValue:
    """One statement by its id, or a page of those that match, with the address of the next page in `more`."""
    if "more" in request.args:
        return _page(_continued(request.args["more"]))
    unknown = set(request.args) - _FILTERS - _ALSO - set(_SINGLE)
    if unknown:
        raise Refused(400, f"unknown parameters: {', '.join(sorted(unknown))}")
    singles = [name for name in _SINGLE if name in request.args]
    if not singles:
        return _page({name: value for name, value in request.args.items() if name in _FILTERS})
    if len(singles) > 1 or set(request.args) & _FILTERS:
        raise Refused(400, "one statement by its id has no other parameters")
    stored = here().store.get(request.args[singles[0]], voided=singles[0] == "voidedStatementId")
    if stored is None:
        raise Refused(404, "there is no such statement")
    answer = Response(stored.text, mimetype="application/json")
    answer.last_modified = stored.at
    return answer


def _page(asked: Mapping[str, str]) -> Response:
    lms = here()
    ascending = asked.get("ascending", "false").lower() == "true"
    limit = _limit(asked.get("limit", "0"), lms.config.page_size)
    after = int(asked["after"]) if "after" in asked else None
    found, more = lms.store.find(_wanted(asked), ascending=ascending, after=after, limit=limit)
    following = ""
    if more:
        token = _pages().dumps({**asked, "after": str(found[-1].number)})
        following = f"/statements?more={token}"
    return Response(_as_result(found, following), mimetype="application/json")


def _as_result(found: list[Stored], more: str) -> str:
    """The statements as they were kept, without reading them again."""
    return '{"statements": [' + ", ".join(stored.text for stored in found) + '], "more": ' + json.dumps(more) + "}"


def _wanted(asked: Mapping[str, str]) -> Wanted:
    try:
        agent = json.loads(asked["agent"]) if "agent" in asked else None
        return Wanted(
            asked.get("verb"),
            asked.get("activity"),
            asked.get("registration"),
            actor_key(_mapping(agent)) if agent is not None else None,
            moment(asked["since"]) if "since" in asked else None,
            moment(asked["until"]) if "until" in asked else None,
        )
    except ValueError as error:
        raise Refused(400, f"a parameter cannot be read: {error}") from error


def _limit(text: str, most: int) -> int:
    if not text.isdecimal():
        raise Refused(400, "limit must be a whole number")
    return min(int(text), most) or most


def _pages() -> URLSafeSerializer:
    return URLSafeSerializer(here().config.secret_key, salt="more")


def _continued(token: str) -> dict[str, str]:
    try:
        found: dict[str, str] = _pages().loads(token)
    except BadSignature as error:
        raise Refused(400, "unknown page") from error
    return found


def _body() -> object:
    if request.mimetype != "application/json":
        raise Refused(400, "the content type must be application/json")
    try:
        found: object = json.loads(request.get_data())
    except ValueError as error:
        raise Refused(400, "the body is no JSON") from error
    return found


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused(400, "an object is needed")
    return value


def _checked(statement: object) -> dict[str, Any]:
    try:
        return check_statement(statement)
    except Invalid as error:
        raise Refused(400, str(error)) from error


def _take(checked: list[dict[str, Any]]) -> list[str]:
    lrs = here()
    authority = {"objectType": "Agent", "account": {"homePage": lrs.config.public_url, "name": lrs.config.username}}
    try:
        return lrs.store.take(checked, lrs.config.clock(), authority)
    except Conflict as error:
        raise Refused(409, f"statement {error} is there with other content; nothing was kept") from error
