"""Downloaded files of which one is as its publisher made it: its SHA-256 fingerprint is the published one."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from lti_tool.content.challenge import Drawn, Facts
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, proposals

_PROGRAMS = ("atelier-plan", "caisse-facile", "agenda-corniche", "photo-medina", "stock-garage")
_BLOCKS = 64


def content(token: str, name: str) -> bytes:
    """The bytes of a file, from the token of the question: 2 kB that mean nothing."""
    return b"".join(sha256(f"{token}/{name}/{block}".encode()).digest() for block in range(_BLOCKS))


def render(facts: Facts, name: str, _language: str) -> bytes:
    """The file of that name."""
    return content(facts["token"], name)


def _names(choice: Draw) -> list[str]:
    program, version = choice.one(_PROGRAMS), f"{choice.between(2, 9)}.{choice.between(0, 9)}"
    return choice.shuffled([f"{program}-{version}.bin", f"{program}-{version}-setup.bin", f"{program}-{version}-1.bin",
                            f"{program}-{version}-copy.bin"])  # fmt: skip


def _changed(choice: Draw, print_: str) -> str:
    """Another fingerprint with the same beginning and end: only who compares it whole sees the difference."""
    places = choice.some(range(12, 50), 6)
    return "".join(f"{(int(sign, 16) + 1 + choice.below(15)) % 16:x}" if place in places else sign
                   for place, sign in enumerate(print_))  # fmt: skip


@generator("fingerprint_pages")
def draw_pages(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Four files with the fingerprints that the computer worked out, and the one that the publisher gives."""
    names = _names(choice)
    published = sha256(choice.token().encode()).hexdigest()
    prints = [published, *(_changed(choice, published) for _ in range(3))]
    pairs = choice.shuffled(list(zip(names, prints, strict=True)))
    computed = {"en": "SHA-256 worked out by the computer", "fr": "SHA-256 calculé par l’ordinateur"}
    site = {"en": "Publisher’s page", "fr": "Page de l’éditeur"}
    folder = {"en": "Downloads", "fr": "Téléchargements"}
    given = {"en": "SHA-256 of the genuine file:", "fr": "SHA-256 du fichier authentique :"}
    blocks: list[dict[str, Any]] = [{"block": "text", "text": computed}]
    for name, print_ in pairs:
        blocks += [{"block": "heading", "text": name}, {"block": "code", "text": _spaced(print_)}]
    pages = [
        {"path": "", "title": folder, "menu": True, "blocks": blocks},
        {"path": "site", "title": site, "menu": True, "blocks": [
            {"block": "text", "text": given}, {"block": "code", "text": _spaced(published)}]},
    ]  # fmt: skip
    place = {
        "name": "panel",
        "start": "",
        "skin": "computer",
        "brand": {"en": "Computer", "fr": "Ordinateur"},
        "pages": pages,
    }
    shown, ids = proposals(choice, names[:1], names[1:])
    return Drawn({"values": {}, "proposals": shown, "place": place}, {"right": ids, "values": {"right": names[0]}})


def _spaced(print_: str) -> str:
    """Groups of eight signs, two a line, so that it can be compared on a phone."""
    groups = [print_[start : start + 8] for start in range(0, 64, 8)]
    return "\n".join(" ".join(groups[start : start + 2]) for start in range(0, 8, 2))


@generator("fingerprint_files", render=render)
def draw_files(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Four files to download: the name of the genuine one, and the last six signs of the fingerprint of another."""
    names, token = _names(choice), choice.token()
    order = [f"file{place}" for place in (1, 2, 3, 4)]
    prints = {key: sha256(content(token, key)).hexdigest() for key in order}
    right, other = choice.some(range(4), 2)
    downloads = [{"name": key, "file_name": name, "media_type": "application/octet-stream"}
                 for key, name in zip(order, names, strict=True)]  # fmt: skip
    label = {"en": "SHA-256 given by the publisher", "fr": "SHA-256 donné par l’éditeur"}
    shown = [{"kind": "code", "label": label, "text": _spaced(prints[order[right]])}]
    fields = {"name": {"accept": [names[right], names[right].removesuffix(".bin")]},
              "end": {"accept": [prints[order[other]][-6:]]}}  # fmt: skip
    files = {f"file_{place}": name for place, name in enumerate(names, start=1)}
    values = {**files, "other": names[other]}
    told = {"right": names[right], "end": prints[order[other]][-6:]}
    return Drawn({"values": values, "token": token, "downloads": downloads, "shown": shown},
                 {"fields": fields, "values": told})  # fmt: skip
