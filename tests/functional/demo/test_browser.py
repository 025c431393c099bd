"""The browser without JavaScript, and the server that it talks to."""

import datetime
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask, redirect, request

from lti_tool.demo.browser import FormBrowser
from lti_tool.demo.markup import read_markup
from lti_tool.demo.serving import Server
from lti_tool.demo.texts import TEXTS, text

FORM = """<!doctype html><html lang=fr><title> A  form </title><body>
<form id=f action="/echo?x=1" method="POST">
 <input name=a value="1"><input type=checkbox name=c value=c1><input type=checkbox name=c value=c2 checked>
 <input type=radio name=r value=r1><input type=radio name=r value=r2 checked><input type=checkbox name=on checked>
 <input name=off value=1 disabled><input type=file name=file><textarea name=t>
 two
lines</textarea>
 <select name=s><option>s1<option value=s2 selected>S2</select>
 <select name=m multiple><option selected>m1<option>m2</select>
 <select name=first><option value=f1>F<option value=f2>G</select>
 <button name=action value=validate> Valider &amp; finir </button><input type=submit name=action value=skip>
 <button type=button name=nothing>no</button><button name=other value=1 formaction="/other">Other</button>
</form><input form=f name=late value=9><iframe src="/echo"></iframe><a href="#here">Here</a><a>none</a>"""


@pytest.fixture
def site() -> Iterator[str]:
    app = Flask(__name__)

    @app.get("/form")
    def form() -> str:
        return FORM

    @app.route("/echo", methods=["GET", "POST"])
    def echo() -> dict[str, Any]:
        return {
            "form": request.form.to_dict(flat=False), "args": request.args.to_dict(flat=False),
            "origin": request.headers.get("Origin"), "cookies": dict(request.cookies),
        }  # fmt: skip

    @app.post("/other")
    def other() -> str:
        return "<title>other</title>"

    @app.get("/loop")
    def loop() -> str:
        return "<form action=/loop data-auto-submit></form>"

    @app.route("/cookie")
    def cookie() -> Any:
        answer = redirect("/echo")
        answer.set_cookie("seen", "yes")
        return answer

    @app.post("/moved/<int:status>")
    def moved(status: int) -> Any:
        return redirect("/echo", code=status)

    @app.get("/round")
    def around() -> Any:
        return redirect("/round")

    with Server(app) as server:
        yield server.url


def test_a_form_is_sent_as_a_browser_sends_it(site: str) -> None:
    browser = FormBrowser()
    assert browser.open(site + "/form").markup.title == "A form"
    form = browser.page.form("late")
    assert sorted(form.fields) == sorted(
        [("a", "1"), ("c", "c2"), ("r", "r2"), ("on", "on"), ("t", " two\nlines"), ("s", "s2"), ("m", "m1"),
         ("first", "f1"), ("late", "9")]
    )  # fmt: skip
    assert [button.label for button in form.buttons] == ["Valider & finir", "skip", "Other"]


def test_values_are_put_over_those_of_the_form(site: str) -> None:
    browser = FormBrowser()
    browser.open(site + "/form")
    page = browser.press("skip", {"a": None, "c": ["c1", "c2"], "t": "é"})
    assert '"action":["skip"]' in page.text
    assert '"c":["c1","c2"]' in page.text
    assert '"a"' not in page.text
    assert f'"origin":"{site}"' in page.text
    assert page.query == {"x": "1"}


def test_a_button_may_send_the_form_elsewhere(site: str) -> None:
    browser = FormBrowser()
    browser.open(site + "/form")
    assert browser.press("Other").markup.title == "other"


@pytest.mark.parametrize("wrong", ["press", "submit", "follow", "enter_frame", "form"])
def test_what_is_not_on_the_page_cannot_be_used(site: str, wrong: str) -> None:
    browser = FormBrowser()
    with pytest.raises(LookupError):
        browser.page.form()
    browser.open(site + "/form")
    with pytest.raises(LookupError):
        {
            "press": lambda: browser.press("nobody"),
            "submit": lambda: browser.submit(values={"unknown": "1"}),
            "follow": lambda: browser.follow("nowhere"),
            "enter_frame": lambda: browser.enter_frame(3),
            "form": lambda: browser.page.form("unknown"),
        }[wrong]()


def test_frames_links_and_cookies_are_followed_and_remembered(site: str) -> None:
    browser = FormBrowser()
    browser.open(site + "/form")
    assert browser.page.link("Here").url == site + "/form#here"
    assert browser.enter_frame().url == site + "/echo"
    assert '"seen":"yes"' in browser.open("/cookie").text
    assert [(visit.url, visit.status) for visit in browser.history[-2:]] == [
        (site + "/cookie", 302), (site + "/echo", 200),
    ]  # fmt: skip
    assert '"seen":"yes"' in browser.reload().text


def test_blocked_hosts_set_no_cookies(site: str) -> None:
    assert "seen" not in FormBrowser(blocked=["127.0.0.1"]).open(site + "/cookie").text
    with Server(Flask(__name__), host="localhost") as server:
        assert server.url.startswith("http://localhost:")
    named = site.replace("127.0.0.1", "localhost")
    assert '"seen"' in FormBrowser().open(named + "/cookie").text
    assert '"seen"' not in FormBrowser(blocked=["localhost"]).open(named + "/cookie").text


def test_pages_that_submit_themselves_for_ever_are_given_up(site: str) -> None:
    with pytest.raises(LookupError, match="goes on"):
        FormBrowser().open(site + "/loop")
    assert FormBrowser().open(site + "/loop", settle=False).status == 200


def test_a_redirect_keeps_or_drops_the_form_as_its_status_says(site: str) -> None:
    browser = FormBrowser()
    browser.open(site + "/form")
    assert '"a":["1"]' in browser.post(site + "/moved/307", {"a": "1"}).text
    assert browser.post(site + "/moved/303", {"a": "1"}).text.count('"form":{}') == 1
    with pytest.raises(LookupError, match="redirecting"):
        browser.open(site + "/round")


def test_loose_markup_is_read() -> None:
    markup = read_markup("</form></select><option>x<select name=s></select><input name=x><button form=no>b</button>")
    assert markup.forms == ()


def test_a_stopped_server_frees_its_port_and_a_taken_one_is_an_error() -> None:
    app = Flask(__name__)
    with Server(app) as server:
        with pytest.raises(OSError, match="in use"):
            Server(app, port=server.port)
        port = server.port
    Server(app, port=port).stop()


def test_a_silent_tls_client_does_not_hold_up_the_others(tmp_path: Path) -> None:
    authority, context = certificate(tmp_path)
    app = Flask(__name__)
    app.get("/")(lambda: "<title>safe</title>")
    with Server(app, ssl_context=context) as server:
        with socket.create_connection(("127.0.0.1", server.port)):
            started = time.monotonic()
            page = FormBrowser(verify=str(authority)).open(server.url + "/")
        assert (page.markup.title, server.url[:8]) == ("safe", "https://")
        assert time.monotonic() - started < 5


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for 127.0.0.1 that is its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    today = datetime.datetime.now(datetime.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    signed = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(today).not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    public, private = folder / "cert.pem", folder / "key.pem"
    public.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return public, context


def test_every_text_is_there_in_both_languages_with_the_same_placeholders() -> None:
    for key, (french, english) in TEXTS.items():
        assert french, key
        assert english, key
        assert french.count("{") == english.count("{"), key
    assert text("lrs.statements", "en", count=3) == "3 statements"
    with pytest.raises(KeyError):
        text("no.such", "fr")
