"""Folders one inside another: opening a file in them, writing the path to it, following a path."""

from collections.abc import Mapping, Sequence
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.filling import say
from lti_tool.content.generators import generator
from lti_tool.content.material.cast import FIRST_NAMES, HOUSES, Said, said

_TOPS = (
    said("workshop", "atelier"),
    said("orders", "commandes"),
    said("staff", "personnel"),
    said("suppliers", "fournisseurs"),
    said("training", "formation"),
    said("accounts", "comptes"),
)
_MIDDLES = ("2022", "2023", "2024")
_LEAVES = (
    said("spring", "printemps"), said("summer", "ete"), said("autumn", "automne"), said("winter", "hiver"),
)  # fmt: skip
_FILES = (
    said("plan", "plan"),
    said("list", "liste"),
    said("report", "rapport"),
    said("prices", "tarifs"),
    said("notes", "notes"),
    said("stock", "stock"),
    said("letter", "lettre"),
    said("schedule", "planning"),
)
_LANGUAGES = ("en", "fr")


def at(folders: Sequence[Any], name: Mapping[str, str] | None = None, sign: str = "/") -> Said:
    """A path in each language: folders (plain or by language), and a file if there is one."""
    return {lang: sign.join(say(part, lang) for part in (*folders, *([name] if name else []))) for lang in _LANGUAGES}


def named(stem: Said, ending: str = ".txt") -> Said:
    """A file name in each language."""
    return {lang: stem[lang] + ending for lang in _LANGUAGES}


def _folders(choice: Draw) -> list[list[Any]]:
    """Twelve folders at the third depth: three trees, two years in each, two seasons in each."""
    found: list[list[Any]] = []
    for top in choice.some(_TOPS, 3):
        for year in sorted(choice.some(_MIDDLES, 2)):
            found += [[top, year, leaf] for leaf in choice.some(_LEAVES, 2)]
    return found


def _content(code: str) -> Said:
    return said(f"Internal document\n\nCode: {code}", f"Document interne\n\nCode\u00a0: {code}")


def _stored(choice: Draw, path: Said, code: str) -> dict[str, Any]:
    moment = f"2024-{choice.between(1, 11):02}-{choice.between(13, 28)}T{choice.between(8, 17):02}:20"
    return {"path": path, "size": choice.between(2, 60) * 1000, "modified": moment, "content": _content(code)}


@generator("folder_open", takes=("namesakes",))
def draw_open(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """A file in the third folder: its code. `namesakes`: every folder has a file of that name."""
    folders = choice.shuffled(_folders(choice))
    common, *others = choice.some(_FILES, 6)
    names = [common] * 12 if parameters.get("namesakes") else [common, *(choice.one(others) for _ in folders[1:])]
    codes = [choice.code(5) for _ in folders]
    files = [
        _stored(choice, at(folder, named(name)), code) for folder, name, code in zip(folders, names, codes, strict=True)
    ]
    facts = {
        "values": {"file": named(common), "path": at(folders[0], sign=" › ")},
        "place": {"name": "explorer", "start": "", "files": choice.shuffled(files)},
    }  # fmt: skip
    return Drawn(facts, {"accept": [codes[0]], "values": {"code": codes[0]}})


def relative(start: Sequence[Any], goal: Sequence[Any]) -> list[Any]:
    """The steps from a folder to another: `..` upwards to the folder they share, then names downwards."""
    shared = 0
    while shared < min(len(start), len(goal)) and start[shared] == goal[shared]:
        shared += 1
    return [".."] * (len(start) - shared) + list(goal[shared:])


def drawn_tree(root: str, paths: Sequence[Said], language: str) -> str:
    """A tree of folders and files as indented lines; `paths` are paths of files below the root."""
    lines, seen = [f"{root}/"], set()
    for path in sorted(path[language] for path in paths):
        parts = path.split("/")
        for depth in range(1, len(parts) + 1):
            here = "/".join(parts[:depth])
            if here not in seen:
                seen.add(here)
                lines.append("    " * depth + parts[depth - 1] + ("/" if depth < len(parts) else ""))
    return "\n".join(lines)


def _two_places(choice: Draw) -> tuple[list[Any], list[Any], list[list[Any]]]:
    """A start, a goal in another branch, and the six folders of the tree that holds both."""
    folders = _folders(choice)
    start = choice.one(folders)
    goal = choice.one([folder for folder in folders if folder[:2] != start[:2]])
    others = [folder for folder in folders if folder not in (start, goal)]
    return start, goal, [start, goal, *choice.some(others, 4)]


@generator("folder_path", takes=("kind",))
def draw_path(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """The path of a file in a drawn tree: from a folder (`kind: relative`) or from the root (`kind: absolute`)."""
    start, goal, folders = _two_places(choice)
    owner = choice.one(FIRST_NAMES).lower()
    names = [named(stem, choice.one((".txt", ".ods", ".pdf"))) for stem in choice.some(_FILES, len(folders))]
    paths = [at(folder, name) for folder, name in zip(folders, names, strict=True)]
    if parameters["kind"] == "relative":
        right = at(relative(start, goal), names[1])
    else:
        right = {lang: f"/{owner}/{path}" for lang, path in paths[1].items()}
    trees = {lang: drawn_tree(f"/{owner}", paths, lang) for lang in _LANGUAGES}
    facts = {
        "values": {"file": names[1], "start": at(start), "owner": owner},
        "shown": [{"kind": "code", "text": trees, "label": said("Tree of folders", "Arborescence")}],
    }  # fmt: skip
    accept = {lang: [path, f"./{path}"] if parameters["kind"] == "relative" else [path] for lang, path in right.items()}
    ups = sum(step == ".." for step in relative(start, goal))
    return Drawn(facts, {"accept": accept, "values": {"path": right, "ups": ups, "folder": at(goal)}})


@generator("folder_follow")
def draw_follow(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """A relative path to follow in the explorer; a file of that name lies in every folder that one may end in."""
    start, goal, folders = _two_places(choice)
    name = named(choice.one(_FILES))
    codes = [choice.code(5) for _ in folders]
    files = [_stored(choice, at(folder, name), code) for folder, code in zip(folders, codes, strict=True)]
    # Where one ends with a step too few or too many: the years and the trees above.
    above = [goal[:2], start[:2], goal[:1], start[:1]]
    kept = [folder for place, folder in enumerate(above) if folder not in above[:place]]
    files += [_stored(choice, at(folder, name), choice.code(5)) for folder in kept]
    path = at(relative(start, goal), name)
    facts = {
        "values": {"start": at(start, sign=" › "), "path": path, "house": choice.one(HOUSES)},
        "place": {"name": "explorer", "start": "", "files": choice.shuffled(files)},
    }  # fmt: skip
    return Drawn(facts, {"accept": [codes[1]], "values": {"goal": at(goal, sign=" › "), "code": codes[1]}})
