"""A photo whose shooting data must be read: a real JPEG with EXIF, or the same photo in a simulated file explorer.

EXIF keeps three dates: taken (DateTimeOriginal), digitised (DateTimeDigitized) and last changed (DateTime). Only the
first answers the question; the two others are a few weeks or months later, as after a scan and a retouch.
"""

import io
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from PIL import Image

from lti_tool.content.challenge import Drawn, Facts
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator
from lti_tool.content.material.scenery import landscape

_MAKERS = ("Halvor", "Lumeris", "Okina", "Pelagia", "Tarvo", "Zenobi", "Mirador", "Corvane")
_SERIES = ("LX-", "D", "Nova ", "GR-", "M", "Astra ", "P", "Vista ")
_EXIF_BLOCK, _MAKER, _MODEL, _CHANGED, _PROGRAM = 0x8769, 0x010F, 0x0110, 0x0132, 0x0131
_TAKEN, _DIGITISED, _EXPOSURE, _APERTURE, _SPEED, _FOCAL = 0x9003, 0x9004, 0x829A, 0x829D, 0x8827, 0x920A


def _moment(choice: Draw) -> datetime:
    """A moment of the day whose day is above 12, so that no one can take it for a month."""
    day = date(choice.between(2015, 2023), choice.between(1, 12), choice.between(13, 28))
    return datetime.combine(day, time(choice.between(7, 20), choice.between(1, 58), choice.between(1, 58)))


def shot(choice: Draw) -> dict[str, Any]:
    """The data that a camera would write, as plain values: when, with what, how; and the two later dates."""
    taken = _moment(choice)
    digitised = taken + timedelta(days=choice.between(20, 80), minutes=choice.between(61, 600))
    changed = digitised + timedelta(days=choice.between(20, 200), minutes=choice.between(61, 600))
    maker = choice.one(_MAKERS)
    return {
        "taken": taken.isoformat(), "digitised": digitised.isoformat(), "changed": changed.isoformat(),
        "maker": maker, "model": f"{choice.one(_SERIES)}{choice.between(11, 98) * 10}",
        "exposure": choice.one((60, 125, 250, 500)), "aperture": choice.one((28, 40, 56, 80)),
        "speed": choice.one((100, 200, 400)), "focal": choice.between(24, 70), "scene": choice.token(),
    }  # fmt: skip


def truth_of(shot: Mapping[str, Any]) -> dict[str, Any]:
    """The three answers: date, time and model (with or without its maker)."""
    model = f"{shot['maker']} {shot['model']}"
    return {"fields": {
        "date": {"date": shot["taken"][:10]},
        "time": {"time": shot["taken"][11:16]},
        "model": {"accept": [shot["model"], model]},
    }}  # fmt: skip


def render(facts: Facts, _name: str, _language: str) -> bytes:
    """The JPEG with its EXIF."""
    return jpeg(facts["shot"])


def jpeg(shot: Mapping[str, Any]) -> bytes:
    """The bytes of the photo of a shot; EXIF 2.3 tags, dates in its own writing."""
    exif = Image.Exif()
    exif[_MAKER], exif[_MODEL] = shot["maker"], shot["model"]
    exif[_CHANGED], exif[_PROGRAM] = _written(shot["changed"]), "Atelier Photo 4.2"
    block = exif.get_ifd(_EXIF_BLOCK)
    block[_TAKEN], block[_DIGITISED] = _written(shot["taken"]), _written(shot["digitised"])
    block[_EXPOSURE], block[_APERTURE] = (1, shot["exposure"]), (shot["aperture"], 10)
    block[_SPEED], block[_FOCAL] = shot["speed"], (shot["focal"], 1)
    content = io.BytesIO()
    landscape(shot["scene"]).save(content, "JPEG", quality=80, exif=exif)
    return content.getvalue()


def _written(moment: str) -> str:
    return moment.replace("-", ":").replace("T", " ")


@generator("photo", render=render)
def draw(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """A photo to download, shown in the page as well: the same file, so that saving either keeps the data."""
    name = f"IMG_{choice.between(1000, 9899)}.jpg"
    drawn = shot(choice)
    facts = {
        "values": {"file": name}, "shot": drawn,
        "downloads": [{"name": "photo", "file_name": name, "media_type": "image/jpeg"}],
        "shown": [{"kind": "picture", "name": "photo", "media_type": "image/jpeg"}],
    }  # fmt: skip
    return Drawn(facts, truth_of(drawn))


_OTHERS = (
    ("Documents/timetable.pdf", "Documents/horaires.pdf", 184_320),
    ("Documents/letter.odt", "Documents/lettre.odt", 23_410),
    ("Documents/budget.ods", "Documents/budget.ods", 41_872),
    ("Music/song.mp3", "Musique/chanson.mp3", 5_431_200),
    ("Pictures/Family/party.jpg", "Images/Famille/fete.jpg", 2_918_400),
    ("todo.txt", "a-faire.txt", 612),
)


@generator("photo_details")
def draw_details(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """A photo among others in a simulated explorer, whose details window shows what the camera wrote."""
    names = [f"IMG_{number}.jpg" for number in choice.some(range(1000, 9899), 7)]
    shots = [shot(choice) for _ in names]
    asked = choice.below(len(names))
    files = [_listed(name, one, choice.between(1_900_000, 6_800_000)) for name, one in zip(names, shots, strict=True)]
    files += [{"path": {"en": en, "fr": fr}, "size": size, "modified": _minute(_moment(choice).isoformat())}
              for en, fr, size in _OTHERS]  # fmt: skip
    facts = {
        "values": {"file": names[asked], "folder": {"en": "Pictures › Outings", "fr": "Images › Sorties"}},
        "place": {"name": "explorer", "start": "", "files": files},
    }
    return Drawn(facts, truth_of(shots[asked]))


def _listed(name: str, shot: Mapping[str, Any], size: int) -> dict[str, Any]:
    details = {"taken": _minute(shot["taken"]), "digitised": _minute(shot["digitised"]), "camera": shot["model"],
               "maker": shot["maker"], "dimensions": [4032, 3024]}  # fmt: skip
    path = {"en": f"Pictures/Outings/{name}", "fr": f"Images/Sorties/{name}"}
    return {"path": path, "size": size, "modified": _minute(shot["changed"]), "details": details}


def _minute(moment: str) -> str:
    return moment[:16]
