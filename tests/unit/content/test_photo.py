"""The photo: a real JPEG whose data answer the question, and the same in a simulated explorer."""

import io

import pytest
from PIL import Image

from lti_tool.content import Bank, draw, mark, parse_response, place_page, render_material
from lti_tool.content.material.scenery import landscape
from lti_tool.errors import NotFound

SEED = b"a seed of 16 byt"
BLOCK = 0x8769


def test_the_photo_holds_in_its_exif_what_is_asked(house: Bank) -> None:
    challenge = house.challenges["1.2.file-properties@4/photo"]
    drawn = draw(challenge, SEED)
    photo = render_material(challenge, drawn.facts, "photo", "fr")
    assert photo.media_type == "image/jpeg"
    assert photo.file_name.startswith("IMG_")
    with Image.open(io.BytesIO(photo.bytes)) as picture:
        exif = picture.getexif()
        assert (picture.format, picture.size) == ("JPEG", (1280, 960))
    day, time = exif.get_ifd(BLOCK)[0x9003].split()
    form = {"date": [day.replace(":", "/")], "time": [time], "model": [exif[0x0110]]}
    assert mark(challenge, drawn.truth, parse_response(challenge, drawn.facts, form, "fr"), "fr").right


def test_the_other_dates_of_the_photo_are_wrong(house: Bank) -> None:
    challenge = house.challenges["1.2.file-properties@4/photo"]
    drawn = draw(challenge, SEED)
    shot = drawn.facts["shot"]
    for decoy in ("digitised", "changed"):
        form = {"date": [shot[decoy][:10]], "time": [shot[decoy][11:16]], "model": [f"{shot['maker']} {shot['model']}"]}
        parts = mark(challenge, drawn.truth, parse_response(challenge, drawn.facts, form, "en"), "en").parts
        assert parts == {"date": False, "time": False, "model": True}


def test_every_seed_gives_another_photo_of_a_few_hundred_kilobytes_at_most(house: Bank) -> None:
    challenge = house.challenges["1.2.file-properties@4/photo"]
    photos = {
        render_material(challenge, draw(challenge, bytes([number]) * 16).facts, "photo", "en").bytes
        for number in range(3)
    }
    assert len(photos) == 3
    assert all(20_000 < len(photo) < 400_000 for photo in photos)


def test_a_landscape_is_the_same_for_the_same_token() -> None:
    token = "0123456789abcdef" * 2
    assert landscape(token).tobytes() == landscape(token).tobytes()


def test_a_file_of_another_name_is_not_found(house: Bank) -> None:
    challenge = house.challenges["1.2.file-properties@4/photo"]
    facts = draw(challenge, SEED).facts
    with pytest.raises(NotFound):
        render_material(challenge, facts, "../../etc/passwd", "fr")
    with pytest.raises(NotFound):
        place_page(challenge, facts, "", {}, "fr")


def test_the_details_window_tells_the_same_as_the_truth(house: Bank) -> None:
    challenge = house.challenges["1.2.file-properties@4/photo-details"]
    drawn = draw(challenge, SEED)
    number = next(
        place
        for place, file in enumerate(drawn.facts["place"]["files"])
        if str(file["path"]["en"]).endswith(drawn.facts["values"]["file"])
    )
    page = place_page(challenge, drawn.facts, "file", {"n": str(number)}, "fr")
    lines = dict(page.values["lines"])  # type: ignore[call-overload]  # a page's values are whatever its template takes
    day, time = lines["Date de prise de vue"].split(",")
    form = {"date": [day], "time": [time], "model": [lines["Modèle de l’appareil"]]}
    assert mark(challenge, drawn.truth, parse_response(challenge, drawn.facts, form, "fr"), "fr").right


def test_every_kind_of_landscape_can_be_drawn() -> None:
    assert {landscape(f"{number:032x}").size for number in range(0, 40_000, 5_003)} == {(1280, 960)}
