"""Archives to download: real zip files whose bytes follow from the facts alone.

Files are stored, not deflated, with one fixed date: deflating may give other bytes with another version of zlib.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from lti_tool.content.challenge import Drawn, Facts
from lti_tool.content.chance import Draw
from lti_tool.content.filling import say
from lti_tool.content.generators import generator
from lti_tool.content.material.cast import HOUSES, Said, ordered, said

ZIP = "application/zip"
_WHEN = (2024, 3, 14, 9, 30, 0)
_FOLDERS = (
    said("workshop", "atelier"), said("orders", "commandes"), said("purchases", "achats"), said("team", "equipe"),
    said("clients", "clients"), said("archives", "archives"),
)  # fmt: skip
_NAMES = (
    said("stock", "stock"), said("schedule", "planning"), said("prices", "tarifs"), said("contacts", "contacts"),
    said("report", "rapport"), said("deliveries", "livraisons"), said("notes", "notes"), said("budget", "budget"),
    said("visits", "visites"), said("meeting", "reunion"),
)  # fmt: skip
_CODE_LINE = said("Code of this file: {code}", "Code de ce fichier\u00a0: {code}")


def packed(files: Sequence[tuple[str, str]]) -> bytes:
    """A zip of (path, text) pairs, in their order."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for path, text in files:
            entry = zipfile.ZipInfo(path, _WHEN)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, text.encode())
    return content.getvalue()


def _both(*parts: Said, end: str = "") -> Said:
    return {lang: "/".join(part[lang] for part in parts) + end for lang in ("en", "fr")}


def render_archive(facts: Facts, name: str, language: str) -> bytes:
    """The archive of that name: `archives` in the facts holds (path, code) pairs by archive."""
    line = say(_CODE_LINE, language)
    return packed(
        [(say(path, language), f"{line.replace('{code}', code)}\r\n") for path, code in facts["archives"][name]]
    )


@generator("archive_read", takes=("namesakes",), render=render_archive)
def draw_read(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """An archive of ten text files in folders, each with a code; one code is asked. `namesakes`: names come thrice."""
    folders = choice.some(_FOLDERS, 3)
    names = choice.some(_NAMES, 4) if parameters.get("namesakes") else choice.some(_NAMES, 10)
    spots = [(folder, name) for name in names[:3] for folder in folders]
    if not parameters.get("namesakes"):
        spots = [(choice.one(folders), name) for name in names[:9]]
    files: list[list[Any]] = [[_both(folder, name, end=".txt"), choice.code(5)] for folder, name in spots]
    files.append([_both(names[-1], end=".txt"), choice.code(5)])
    wanted = choice.below(9)
    facts = {
        "values": {
            "file": _both(spots[wanted][1], end=".txt"),
            "folder": spots[wanted][0],
            "house": choice.one(HOUSES),
        },
        "archives": {"archive": choice.shuffled(files)},
        "downloads": [{"name": "archive", "file_name": "documents.zip", "media_type": ZIP}],
    }
    return Drawn(facts, {"accept": [files[wanted][1]], "values": {"code": files[wanted][1]}})


_TEMPORARY = ("~$draft.tmp", "copy.bak", "trial.tmp", ".~lock.notes#")


def _wanted(choice: Draw) -> tuple[list[Said], list[list[Any]], list[Said]]:
    """Three folders, eight files spread over them as (path, code), and the sentences that require it."""
    folders, names = choice.some(_FOLDERS, 3), choice.some(_NAMES, 8)
    shares = [names[:3], names[3:6], names[6:]]
    files = [
        [_both(folder, name, end=".txt"), choice.code(4)]
        for folder, share in zip(folders, shares, strict=True)
        for name in share
    ]
    lines = [
        {
            lang: f"{folder[lang]}{colon} {', '.join(f'{name[lang]}.txt' for name in share)}"
            for lang, colon in (("en", ":"), ("fr", "\u00a0:"))
        }
        for folder, share in zip(folders, shares, strict=True)
    ]
    return folders, files, lines


def _moved(choice: Draw, files: Sequence[Any], folders: Sequence[Said]) -> tuple[list[Any], Said]:
    """The files with one of them in another folder, and its name."""
    place = choice.below(len(files))
    path, code = files[place]
    name = {lang: text.rpartition("/")[2] for lang, text in path.items()}
    other = choice.one([folder for folder in folders if folder["en"] != path["en"].partition("/")[0]])
    return [*files[:place], [_both(other, name), code], *files[place + 1 :]], name


@generator("archive_choose", render=render_archive)
def draw_choose(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Four archives and the structure that one of them alone has; the others have one fault each."""
    folders, files, lines = _wanted(choice)
    missing = choice.below(len(files))
    temporary = [choice.one(folders), said(*[choice.one(_TEMPORARY)] * 2)]
    made = choice.shuffled([
        files, _moved(choice, files, folders)[0], [*files[:missing], *files[missing + 1 :]],
        [*files, [_both(*temporary), choice.code(4)]],
    ])  # fmt: skip
    names = ["a", "b", "c", "d"]
    facts = {
        "values": {"house": choice.one(HOUSES)}, "archives": dict(zip(names, made, strict=True)),
        "shown": [{"kind": "listing", "items": lines}],
        "downloads": [{"name": name, "file_name": f"archive-{name.upper()}.zip", "media_type": ZIP} for name in names],
        "proposals": ordered([f"archive-{name.upper()}.zip" for name in names], ["p1", "p2", "p3", "p4"]),
    }  # fmt: skip
    return Drawn(facts, {"right": [f"p{made.index(files) + 1}"]})


def _told(name: Said, paths: Sequence[Said]) -> dict[str, list[str]]:
    """A file as it may be named: its name, or its path where it is and where it should be; with or without ending."""
    told = {}
    for lang, text in name.items():
        texts = [text, *(path[lang] for path in paths if path[lang].rpartition("/")[2] == text)]
        told[lang] = list(dict.fromkeys([*texts, *(one.removesuffix(".txt") for one in texts)]))
    return told


@generator("archive_faults", render=render_archive)
def draw_faults(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """One archive with a file in the wrong folder and one that is missing: which are they?"""
    folders, wanted, lines = _wanted(choice)
    absent = choice.below(len(wanted))
    gone = {lang: text.rpartition("/")[2] for lang, text in wanted[absent][0].items()}
    files, strayed = _moved(choice, [*wanted[:absent], *wanted[absent + 1 :]], folders)
    facts = {
        "values": {"house": choice.one(HOUSES)}, "archives": {"archive": choice.shuffled(files)},
        "shown": [{"kind": "listing", "items": lines}],
        "downloads": [{"name": "archive", "file_name": "documents.zip", "media_type": ZIP}],
    }  # fmt: skip
    paths = [path for path, _ in (*wanted, *files)]
    accepted = {key: _told(name, paths) for key, name in (("strayed", strayed), ("missing", gone))}
    return Drawn(
        facts,
        {
            "fields": {key: {"accept": texts} for key, texts in accepted.items()},
            "values": {"strayed": strayed, "missing": gone},
        },
    )
