"""What compression gains, and what pictures and sounds weigh: figures that come out even.

Units are decimal and printed with the challenges: 1 MB = 1,000 kB = 1,000,000 bytes.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.filling import number_in_words
from lti_tool.content.generators import generator, opaque, proposals
from lti_tool.content.material.cast import HOUSES, Said, said

# Names without extension, the kinds that are compressed already and those that are not.
_STEMS = (
    said("visit", "visite"),
    said("catalogue", "catalogue"),
    said("meeting", "reunion"),
    said("workshop", "atelier"),
    said("members", "adherents"),
    said("route", "trajet"),
    said("journal", "journal"),
    said("market", "marche"),
    said("machine", "machine"),
    said("summer", "ete"),
    said("orders", "commandes"),
    said("old-files", "anciens-fichiers"),
)
_PACKED, _LOOSE = ("jpg", "mp3", "mp4", "zip", "7z", "m4a"), ("txt", "csv", "bmp", "wav", "log", "html")


def _file(folder: Said, stem: Said, ending: str, size: int) -> dict[str, Any]:
    path = {lang: f"{folder[lang]}/{stem[lang]}.{ending}" for lang in ("en", "fr")}
    return {"path": path, "size": size, "modified": "2024-03-14T10:05"}


def _named(stem: Said, ending: str) -> Said:
    return {lang: f"{text}.{ending}" for lang, text in stem.items()}


@generator("shrink_which")
def draw_which(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """An explorer with trials (a text, a photo, each beside its archive) and six files: which will hardly shrink?"""
    count = choice.between(2, 4)
    endings = [*choice.some(_PACKED, count), *choice.some(_LOOSE, 6 - count)]
    stems = choice.some(_STEMS, 6)
    trial, send = said("Trial", "Essai"), said("To compress", "À compresser")
    text, photo = choice.between(400, 900) * 1000, choice.between(2400, 6800) * 1000
    files = [
        _file(trial, said("report", "rapport"), "txt", text),
        _file(trial, said("report-compressed", "rapport-compresse"), "zip", text * choice.between(18, 26) // 100),
        _file(trial, said("photo", "photo"), "jpg", photo),
        _file(trial, said("photo-compressed", "photo-compressee"), "zip", photo * choice.between(970, 992) // 1000),
    ]
    files += choice.shuffled([_file(send, stem, ending, choice.between(300, 24_000) * 1000)
                              for stem, ending in zip(stems, endings, strict=True)])  # fmt: skip
    names = [_named(stem, ending) for stem, ending in zip(stems, endings, strict=True)]
    shown, ids = proposals(choice, names[:count], names[count:])
    facts = {
        "values": {"house": choice.one(HOUSES)},
        "place": {"name": "explorer", "start": "", "files": files},
        "proposals": shown,
    }
    return Drawn(facts, {"right": ids})


@generator("shrink_weight")
def draw_weight(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Trial weights of a text and of a photo, and a folder of both: what will the archive weigh? To the megabyte."""
    share = choice.one((10, 20, 25))
    trial = choice.between(2, 6) * 100
    photos, photo = choice.between(12, 40), choice.between(3, 7)
    texts, text = choice.between(4, 12) * 20, choice.between(1, 3)
    result = photos * photo + texts * text * share // 100
    table = {
        "kind": "table",
        "caption": said("Trial", "Essai"),
        "head": [
            said("File", "Fichier"),
            said("Weight", "Poids"),
            said("Weight in the archive", "Poids dans l’archive"),
        ],
        "rows": [
            [said("report.txt", "rapport.txt"), _kilo(trial), _kilo(trial * share // 100)],
            ["photo.jpg", _kilo(photo * 1000), _kilo(photo * 1000)],
        ],
    }
    values = {"photos": photos, "photo": photo, "texts": texts, "text": text}
    told = {
        "share": share,
        "first": photos * photo,
        "second": texts * text * share // 100,
        "result": {"number": result},
    }
    return Drawn({"values": values, "shown": [table]}, {"value": result, "tolerance": 1, "values": told})


def _kilo(value: int) -> Said:
    return {lang: f"{number_in_words(value, lang)}\u00a0{unit}" for lang, unit in (("en", "kB"), ("fr", "ko"))}


def _select(choice: Draw, texts: Sequence[Any], right: int) -> tuple[list[dict[str, Any]], str]:
    """Options in the given order with opaque ids, and the id of the right one."""
    options, ids = opaque(choice, texts)
    return sorted(options, key=lambda option: ids.index(option["id"])), ids[right]


_WIDTHS = (800, 1200, 1600, 2000, 2400, 3000, 4000)


@generator("weight_picture")
def draw_picture(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """A picture in pixels and a limit in kB: its raw weight, and the largest listed width that fits once compressed."""
    place = choice.between(1, 4)
    rate, width = choice.one((10, 12, 15, 20)), choice.one((5000, 6000, 8000))
    weights = [wide * (wide * 3 // 4) * 3 / rate / 1000 for wide in _WIDTHS]
    # The limit lies well between two weights, at a round number.
    limit = round((weights[place] * 2 + weights[place + 1]) / 3 / 10) * 10
    raw = width * (width * 3 // 4) * 3 / 1_000_000
    options, right = _select(choice, [f"{wide} × {wide * 3 // 4}" for wide in _WIDTHS], place)
    values = {
        "width": width,
        "height": width * 3 // 4,
        "rate": rate,
        "limit": {"number": limit},
        "house": choice.one(HOUSES),
    }
    told = {
        "raw": {"number": raw},
        "best": f"{_WIDTHS[place]} × {_WIDTHS[place] * 3 // 4}",
        "kilobytes": {"number": round(weights[place])},
        "next": {"number": round(weights[place + 1])},
    }
    return Drawn(
        {"values": values, "options": {"size": options}},
        {"fields": {"raw": {"value": raw, "tolerance": 0.5}, "size": {"option": right}}, "values": told},
    )


_RATES = (32, 64, 96, 128, 192, 256, 320)


@generator("weight_sound")
def draw_sound(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """A recording in samples per second and a limit in MB: its raw weight, and the highest listed rate that fits."""
    minutes, sampling = choice.between(10, 60, 5), choice.one((16_000, 32_000, 48_000))
    channels, place = choice.one((1, 2)), choice.between(1, 5)
    raw = sampling * 2 * channels * minutes * 60 / 1_000_000
    weights = [rate * 60 * minutes / 8000 for rate in _RATES]
    limit = max(round((weights[place] * 2 + weights[place + 1]) / 3), -int(-weights[place] // 1))
    options, right = _select(choice, [f"{rate} kbit/s" for rate in _RATES], place)
    values = {
        "minutes": minutes,
        "sampling": {"number": sampling},
        "limit": limit,
        "house": choice.one(HOUSES),
        "channels": (said("one channel", "un canal"), said("two channels", "deux canaux"))[channels - 1],
    }
    told = {
        "raw": {"number": raw},
        "best": f"{_RATES[place]} kbit/s",
        "weight": {"number": weights[place]},
        "next": {"number": weights[place + 1]},
        "count": channels,
        "seconds": {"number": minutes * 60},
    }
    return Drawn(
        {"values": values, "options": {"rate": options}},
        {"fields": {"raw": {"value": raw, "tolerance": 0.5}, "rate": {"option": right}}, "values": told},
    )
