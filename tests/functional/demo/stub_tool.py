"""The least LTI tool that there can be, written for these tests alone, so that the LMS is tried by another hand."""

import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask, jsonify, redirect, request
from jwt.algorithms import RSAAlgorithm
from markupsafe import escape

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
ITEM = "application/vnd.ims.lis.v2.lineitem+json"
CONTAINER = "application/vnd.ims.lis.v2.lineitemcontainer+json"
SCORE = "application/vnd.ims.lis.v1.score+json"
RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json"
AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/"
ROSTER = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
EVERYTHING = f"{AGS}lineitem {AGS}result.readonly {AGS}score {ROSTER}"


@dataclass
class StubTool:
    """What the tool knows; `items` is what its picker will bring back."""

    url: str
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    kid: str = "k1"
    lms: str = ""
    client_id: str = ""
    items: list[dict[str, Any]] = field(default_factory=list)
    response: dict[str, Any] = field(default_factory=dict)
    registration: dict[str, Any] = field(default_factory=dict)
    key_set: Any = None
    login_fails: bool = False
    logins: list[dict[str, str]] = field(default_factory=list)
    launches: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, str]] = field(default_factory=list)

    @property
    def claims(self) -> dict[str, Any]:
        return self.launches[-1]

    def jwk(self) -> dict[str, Any]:
        public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return {**public, "kid": self.kid, "alg": "RS256", "use": "sig"}

    def signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": self.kid})

    def assertion(self, **changes: Any) -> str:
        now = int(time.time())
        claims = {"iss": self.client_id, "sub": self.client_id, "aud": f"{self.lms}/token", "iat": now,
                  "exp": now + 60, "jti": secrets.token_hex(8)}  # fmt: skip
        return self.signed({**claims, **changes})

    def ask_token(self, scope: str = EVERYTHING, **changes: Any) -> requests.Response:
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": self.assertion(),
            "scope": scope,
        }
        return requests.post(f"{self.lms}/token", data={**form, **changes}, timeout=10)

    def call(self, method: str, url: str, scope: str = EVERYTHING, **kwargs: Any) -> requests.Response:
        token = self.ask_token(scope).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}", **kwargs.pop("headers", {})}
        return requests.request(method, url, headers=headers, timeout=10, **kwargs)

    def deep_linking_response(self, **changes: Any) -> str:
        now = int(time.time())
        claims = {
            "iss": self.client_id, "aud": [self.lms], "iat": now, "exp": now + 600, "nonce": secrets.token_hex(8),
            CLAIM + "deployment_id": self.claims[CLAIM + "deployment_id"],
            CLAIM + "message_type": "LtiDeepLinkingResponse", CLAIM + "version": "1.3.0",
            DL + "content_items": self.items,
        }  # fmt: skip
        return self.signed({**claims, **self.response, **changes})


def stub_app(tool: StubTool) -> Flask:
    app = Flask(__name__)

    @app.route("/login", methods=["GET", "POST"])
    def login() -> Any:
        sent = request.values.to_dict()
        if tool.login_fails:
            return "<title>no</title>", 400
        tool.logins.append(sent)
        query = {
            "scope": "openid", "response_type": "id_token", "response_mode": "form_post", "prompt": "none",
            "client_id": sent["client_id"], "redirect_uri": tool.url + "/launch", "login_hint": sent["login_hint"],
            "lti_message_hint": sent["lti_message_hint"], "state": secrets.token_hex(8), "nonce": secrets.token_hex(8),
        }  # fmt: skip
        return redirect(f"{tool.lms}/auth?{urlencode(query)}")

    @app.post("/launch")
    def launch() -> Any:
        tool.answers.append(request.form.to_dict())
        if "id_token" not in request.form:
            return f"<title>{escape(request.form['error'])}</title>", 400
        token = request.form["id_token"]
        jwks = requests.get(f"{tool.lms}/jwks", timeout=10).json()["keys"]
        key = next(key for key in jwks if key["kid"] == jwt.get_unverified_header(token)["kid"])
        claims = jwt.decode(token, jwt.PyJWK(key).key, algorithms=["RS256"], audience=tool.client_id, issuer=tool.lms)
        tool.launches.append(claims)
        if claims[CLAIM + "message_type"] != "LtiDeepLinkingRequest":
            return "<title>launched</title><p>Question 1</p>"
        settings = claims[DL + "deep_linking_settings"]
        return (
            f"<title>picker</title><form method=post action='/pick'>"
            f"<input name=back value='{escape(settings['deep_link_return_url'])}'><button name=add>Add</button></form>"
        )

    @app.post("/pick")
    def pick() -> Any:
        back = escape(request.form["back"])
        return (
            f"<body onload='document.forms[0].submit()'><form method=post action='{back}'>"
            f"<input type=hidden name=JWT value='{tool.deep_linking_response()}'></form>"
        )

    @app.get("/jwks")
    def jwks() -> Any:
        return jsonify({"keys": [tool.jwk()]} if tool.key_set is None else tool.key_set)

    @app.route("/register", methods=["GET", "POST"])
    def register() -> Any:
        if request.method == "GET":
            return "<title>confirm</title><form method=post><button name=ok>Register</button></form>"
        configuration = requests.get(request.args["openid_configuration"], timeout=10).json()
        answer = requests.post(
            configuration["registration_endpoint"],
            json=tool.registration,
            headers={"Authorization": f"Bearer {request.args['registration_token']}"},
            timeout=10,
        )
        tool.answers.append({"status": str(answer.status_code), "body": answer.text})
        tool.client_id = answer.json().get("client_id", "")
        return "<title>done</title>"

    return app
