"""The source of three mails that claim one sender: the results of the sender checks tell which of them is forged.

Results as in RFC 8601 (Authentication-Results): SPF by RFC 7208, DKIM by RFC 6376, DMARC by RFC 7489.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from lti_tool.content.challenge import Drawn, Facts
from lti_tool.content.chance import Draw
from lti_tool.content.filling import say
from lti_tool.content.generators import generator, opaque
from lti_tool.content.material.wording import written

_SUPPLIERS = (("Pièces du Levant", "pieces-levant"), ("Textile Carthage", "textile-carthage"),
              ("Matériaux Zitoun", "materiaux-zitoun"), ("Boulonnerie Atlas", "boulonnerie-atlas"))  # fmt: skip
_OURS = ("garage-du-port", "atelier-nour", "cooperative-medina", "hotel-jasmin")
_PROVIDERS = ("envoi-facile", "lettres-web", "route-mail")
_EVIL = ("vps-nuage", "cloud-rapide", "serveur-libre", "box-expresse")
_TITLES = (
    {"en": "Invoice", "fr": "Facture"}, {"en": "Price list", "fr": "Tarifs"},
    {"en": "New account", "fr": "Nouveau compte"}, {"en": "Delivery note", "fr": "Bon de livraison"},
    {"en": "Opening hours", "fr": "Horaires"}, {"en": "Reminder", "fr": "Rappel"},
)  # fmt: skip
_TEXT = {
    "en": "Hello,\n\nplease find what concerns you in the attachment.",
    "fr": "Bonjour,\n\nvous trouverez en pièce jointe ce qui vous concerne.",
}
_KEY = (
    {"en": "SPF: is the sending server on the list of the domain in smtp.mailfrom?",
     "fr": "SPF : le serveur expéditeur est-il sur la liste du domaine de smtp.mailfrom ?"},
    {"en": "DKIM: is the signature of the domain in header.d valid?",
     "fr": "DKIM : la signature du domaine de header.d est-elle valable ?"},
    {"en": "DMARC: does at least one of the two speak for the domain in From? If not, the mail is forged.",
     "fr": "DMARC : l’un des deux au moins confirme-t-il le domaine de From ? Sinon, le message est falsifié."},
)  # fmt: skip
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _own(choice: Draw, scene: Mapping[str, str]) -> dict[str, str]:
    domain = scene["domain"]
    return {"server": f"smtp{choice.between(1, 4)}.{domain}", "spf": "pass", "envelope": domain, "dkim": "pass",
            "signer": domain, "dmarc": "pass"}  # fmt: skip


def _by_provider(choice: Draw, scene: Mapping[str, str]) -> dict[str, str]:
    provider = f"{choice.one(_PROVIDERS)}.example"
    return {
        **_own(choice, scene),
        "server": f"out{choice.between(11, 48)}.{provider}",
        "envelope": f"bounce.{provider}",
    }


def _forwarded(choice: Draw, scene: Mapping[str, str]) -> dict[str, str]:
    return {**_own(choice, scene), "server": f"relay{choice.between(1, 9)}.association-phare.example", "spf": "fail"}


def _forged(choice: Draw, scene: Mapping[str, str]) -> dict[str, str]:
    """Sent by a stranger's server: either SPF fails (no signature), or DKIM does (SPF passes for another domain)."""
    evil = f"{choice.one(_EVIL)}.example"
    server = f"{choice.code(2, 'abcdefgh')}{choice.between(20, 99)}.{evil}"
    if choice.chance(1, 2):
        return {**_own(choice, scene), "server": server, "spf": "fail", "dkim": "none", "dmarc": "fail"}
    return {**_own(choice, scene), "server": server, "envelope": evil, "dkim": "fail", "dmarc": "fail"}


def _source(
    choice: Draw, mail: Mapping[str, str], scene: Mapping[str, str], subject: int, at: datetime
) -> tuple[Any, str]:
    """The mail as it travelled, and the address of the server that handed it over."""
    stamp = f"{_DAYS[at.weekday()]}, {at.day} {_MONTHS[at.month - 1]} {at.year} {at:%H:%M:%S} +0100"
    number = f"203.0.113.{choice.between(2, 250)}"
    signed = "" if mail["dkim"] == "none" else f" header.d={mail['signer']}"
    first = mail["server"] if mail["server"].endswith(f".{scene['domain']}") else f"smtp1.{scene['domain']}"
    source = (
        f"Received: from {mail['server']} ([{number}])\n    by mx.{scene['ours']}; {stamp}\n"
        f"Authentication-Results: mx.{scene['ours']};\n    spf={mail['spf']} smtp.mailfrom={mail['envelope']};\n"
        f"    dkim={mail['dkim']}{signed};\n    dmarc={mail['dmarc']} header.from={scene['domain']}\n"
        f"Received: from desk{choice.between(2, 40)}.{scene['domain']}\n    by {first}; {stamp}\n"
        f"From: {scene['name']} <contact@{scene['domain']}>\nTo: office@{scene['ours']}\nSubject: {{subject}}\n"
        f"Date: {stamp}\n\n{{text}}\n\n{scene['name']}\n"
    )
    return written(source, {"subject": _TITLES[subject], "text": _TEXT}), number


def render(facts: Facts, name: str, language: str) -> bytes:
    """The raw mail of that name."""
    return say(facts["sources"][name], language).encode()


@generator("mail_checks", render=render, takes=("way",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Own server, and one of provider or forwarded, and the forged one; `way` is `mailbox` or `files`."""
    name, base = choice.one(_SUPPLIERS)
    scene = {"name": name, "domain": f"{base}.example", "ours": f"{choice.one(_OURS)}.example"}
    forged = _forged(choice, scene)
    others = [_own(choice, scene), choice.one((_by_provider, _forwarded))(choice, scene)]
    mails = choice.shuffled([*others, forged])
    day = datetime(choice.between(2023, 2026), choice.between(1, 12), choice.between(13, 28), tzinfo=UTC)
    at = day + timedelta(hours=9, seconds=choice.between(70, 3500))
    moments = [at - timedelta(minutes=place * choice.between(300, 900)) for place in range(3)]
    subjects = choice.some(range(len(_TITLES)), 3)
    made = [_source(choice, mail, scene, subject, moment)
            for mail, subject, moment in zip(mails, subjects, moments, strict=True)]  # fmt: skip
    sources, numbers = [source for source, _ in made], [number for _, number in made]
    facts = _as_files(sources) if parameters["way"] == "files" else _as_mailbox(scene, sources, subjects, moments)
    labels = [{"en": f"mail {place}", "fr": f"message {place}"} for place in (1, 2, 3)]
    failed = "SPF" if forged["spf"] == "fail" else "DKIM"
    options, fields = _lists(choice, labels, mails.index(forged), failed)
    server, number = forged["server"], numbers[mails.index(forged)]
    fields["server"] = {"accept": [server, f"{server} ([{number}])", f"{server} ({number})", f"{server} [{number}]"]}
    values = {"supplier": name, "domain": scene["domain"], "ours": f"mx.{scene['ours']}"}
    told = {"mail": mails.index(forged) + 1, "check": failed, "server": forged["server"]}
    shown = [{"kind": "listing", "items": list(_KEY)}]
    return Drawn({"values": values, "options": options, "shown": shown, **facts}, {"fields": fields, "values": told})


def _lists(
    choice: Draw, labels: list[dict[str, str]], forged: int, failed: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    mails, ids = opaque(choice, labels, 1)
    in_order = [{"id": ids[place], "text": label} for place, label in enumerate(labels)]
    checks, names = opaque(choice, ["SPF", "DKIM"], len(mails) + 1)
    fields = {"mail": {"option": ids[forged]}, "check": {"option": names[("SPF", "DKIM").index(failed)]}}
    return {"mail": in_order, "check": checks}, fields


def _as_files(sources: list[Any]) -> dict[str, Any]:
    names = [f"mail{place}" for place in (1, 2, 3)]
    downloads = [{"name": name, "file_name": {"en": f"mail-{place}.txt", "fr": f"message-{place}.txt"},
                  "media_type": "text/plain"} for place, name in enumerate(names, start=1)]  # fmt: skip
    return {"downloads": downloads, "sources": dict(zip(names, sources, strict=True))}


def _as_mailbox(
    scene: Mapping[str, str], sources: list[Any], subjects: list[int], moments: list[datetime]
) -> dict[str, Any]:
    messages = []
    for place, (source, subject, moment) in enumerate(zip(sources, subjects, moments, strict=True), start=1):
        title = _TITLES[subject]
        messages.append({
            "from": scene["name"], "address": f"contact@{scene['domain']}", "to": f"office@{scene['ours']}",
            "at": f"{moment:%Y-%m-%dT%H:%M}", "source": source, "text": _TEXT,
            "subject": {"en": f"Mail {place} – {title['en']}", "fr": f"Message {place} – {title['fr']}"},
        })  # fmt: skip
    return {"place": {"name": "mailbox", "start": "", "skin": "mail", "owner": f"office@{scene['ours']}",
                      "messages": messages}}  # fmt: skip
