"""Landscapes drawn from a token: never twice the same, no photograph of anybody's."""

import math
from functools import partial

from PIL import Image, ImageDraw, ImageFilter

from lti_tool.content.chance import Draw, from_token

WIDTH, HEIGHT = 1280, 960
_SCALE = 1.5
Colour = tuple[int, int, int]
# Sky above, sky below, sun, far hills, near ground, of a morning, a day, a late afternoon and an evening.
_LIGHTS: tuple[tuple[Colour, Colour, Colour, Colour, Colour], ...] = (
    ((118, 164, 214), (250, 222, 196), (255, 244, 214), (150, 160, 184), (104, 132, 84)),
    ((58, 128, 204), (196, 226, 244), (255, 252, 232), (124, 152, 178), (96, 140, 66)),
    ((86, 132, 190), (248, 206, 150), (255, 232, 168), (156, 134, 142), (140, 126, 66)),
    ((40, 48, 96), (240, 142, 98), (255, 196, 120), (84, 70, 110), (50, 58, 66)),
)


def landscape(token: str) -> Image.Image:
    """A landscape of 1280 by 960 points: sky, sun, clouds, ranges of hills, water or fields, trees, houses, boats."""
    choice = from_token(token, "scenery")
    size = (int(WIDTH * _SCALE), int(HEIGHT * _SCALE))
    light = choice.one(_LIGHTS)
    picture = _gradient(size, light[0], light[1])
    horizon = int(size[1] * choice.between(48, 60) / 100)
    _sun(picture, choice, light[2], horizon)
    _clouds(picture, choice, light[1], horizon)
    pen = ImageDraw.Draw(picture)
    ranges = choice.between(2, 4)
    for number in range(ranges):
        colour = _mix(light[3], light[4], number / max(1, ranges))
        _range(pen, choice, size, horizon - (ranges - number) * size[1] // 26, colour)
    choice.one((_sea, _fields))(picture, choice, horizon, light)
    _foreground(ImageDraw.Draw(picture), choice, size, light)
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _gradient(size: tuple[int, int], top: Colour, bottom: Colour) -> Image.Image:
    column = Image.new("RGB", (1, 256))
    for row in range(256):
        column.putpixel((0, row), _mix(top, bottom, min(1.0, row / 150)))
    return column.resize(size, Image.Resampling.BICUBIC)


def _sun(picture: Image.Image, choice: Draw, colour: Colour, horizon: int) -> None:
    x, y = choice.between(picture.width // 8, picture.width * 7 // 8), choice.between(horizon // 5, horizon * 3 // 4)
    radius = choice.between(horizon // 20, horizon // 11)
    glow = Image.new("L", (picture.width // 8, picture.height // 8))
    pen = ImageDraw.Draw(glow)
    for step, strength in ((4, 50), (2, 110)):
        pen.ellipse(_round(x // 8, y // 8, radius * step // 8), fill=strength)
    glow = glow.filter(ImageFilter.GaussianBlur(radius / 8)).resize(picture.size)
    picture.paste(colour, (0, 0), glow)
    ImageDraw.Draw(picture).ellipse(_round(x, y, radius), fill=colour)


def _round(x: int, y: int, radius: int) -> tuple[int, int, int, int]:
    return x - radius, y - radius, x + radius, y + radius


def _clouds(picture: Image.Image, choice: Draw, colour: Colour, horizon: int) -> None:
    veil = Image.new("L", (picture.width // 4, picture.height // 4))
    pen = ImageDraw.Draw(veil)
    for _ in range(choice.between(2, 6)):
        x, y = choice.below(veil.width), choice.between(8, horizon // 7)
        for _ in range(choice.between(5, 11)):
            wide, high = choice.between(16, 46), choice.between(4, 11)
            left, top = x + choice.between(-50, 50), y + choice.between(-6, 6)
            pen.ellipse((left, top, left + wide, top + high), fill=choice.between(90, 170))
    veil = veil.filter(ImageFilter.GaussianBlur(3)).resize(picture.size, Image.Resampling.BICUBIC)
    picture.paste(_mix(colour, (255, 255, 255), 0.6), (0, 0), veil)


def _range(pen: ImageDraw.ImageDraw, choice: Draw, size: tuple[int, int], base: int, colour: Colour) -> None:
    waves = [(choice.between(8, 60) / wave, choice.between(6, 20) * wave / size[0], choice.below(628) / 100)
             for wave in (1, 1, 2, 4)]  # fmt: skip
    height = partial(_height, waves)
    ridge = [(x, base - height(x)) for x in range(0, size[0] + 8, 8)]
    pen.polygon([(0, size[1]), *ridge, (size[0], size[1])], fill=colour)


def _height(waves: list[tuple[float, float, float]], x: int) -> int:
    return round(sum(high * math.sin(x * often / 3 + start) for high, often, start in waves))


Light = tuple[Colour, Colour, Colour, Colour, Colour]


def _sea(picture: Image.Image, choice: Draw, horizon: int, light: Light) -> None:
    water = _gradient(
        (picture.width, picture.height - horizon), _mix(light[1], light[0], 0.4), _mix(light[0], (8, 40, 70), 0.5)
    )
    picture.paste(water, (0, horizon))
    pen = ImageDraw.Draw(picture)
    for _ in range(220):
        y = horizon + int((picture.height - horizon) * (choice.below(1000) / 1000) ** 1.6)
        wide = 6 + (y - horizon) // 6
        x = choice.below(picture.width)
        pen.line(
            (x, y, x + choice.between(wide // 2, wide * 2), y),
            fill=_mix(light[2], light[0], 0.45),
            width=1 + wide // 40,
        )
    for _ in range(choice.between(0, 3)):
        _boat(pen, choice, horizon, picture.size)


def _boat(pen: ImageDraw.ImageDraw, choice: Draw, horizon: int, size: tuple[int, int]) -> None:
    x, y = choice.between(120, size[0] - 200), horizon + choice.between(30, size[1] // 5)
    long = 30 + (y - horizon) // 2
    pen.polygon(
        [(x, y), (x + long, y), (x + long * 4 // 5, y + long // 5), (x + long // 6, y + long // 5)], fill=(92, 54, 40)
    )
    sail = choice.one(((245, 240, 228), (196, 74, 58), (232, 190, 92)))
    pen.polygon([(x + long // 2, y - 4), (x + long // 2, y - long), (x + long * 19 // 20, y - 4)], fill=sail)


def _fields(picture: Image.Image, choice: Draw, horizon: int, light: Light) -> None:
    pen = ImageDraw.Draw(picture)
    y = horizon
    vanishing = choice.between(picture.width // 4, picture.width * 3 // 4)
    while y < picture.height:
        deep = 14 + (y - horizon) // 3
        tint = _mix(light[4], choice.one(((196, 176, 86), (84, 124, 60), (150, 116, 74), (118, 150, 80))), 0.5)
        pen.rectangle((0, y, picture.width, y + deep), fill=tint)
        y += deep
    dark = _mix(light[4], (30, 30, 20), 0.35)
    for number in range(-6, 7):
        pen.line((vanishing, horizon, vanishing + number * picture.width // 4, picture.height), fill=dark, width=2)
    for _ in range(choice.between(1, 4)):
        _house(pen, choice, horizon, picture.size)


def _house(pen: ImageDraw.ImageDraw, choice: Draw, horizon: int, size: tuple[int, int]) -> None:
    x, y, wide = choice.below(size[0] - 160), horizon + choice.between(10, 70), choice.between(50, 110)
    high = wide * 3 // 5
    pen.rectangle((x, y - high, x + wide, y), fill=choice.one(((240, 232, 214), (226, 206, 178), (206, 214, 220))))
    roof = choice.one(((168, 78, 54), (120, 84, 66), (92, 98, 110)))
    pen.polygon([(x - 8, y - high), (x + wide // 2, y - high * 8 // 5), (x + wide + 8, y - high)], fill=roof)
    pen.rectangle((x + wide // 5, y - high * 2 // 5, x + wide * 2 // 5, y), fill=(84, 62, 50))
    pen.rectangle((x + wide * 3 // 5, y - high * 3 // 5, x + wide * 4 // 5, y - high // 3), fill=(70, 92, 116))


def _foreground(pen: ImageDraw.ImageDraw, choice: Draw, size: tuple[int, int], light: Light) -> None:
    dark = _mix(light[4], (18, 30, 22), 0.6)
    left, middle, right = (size[1] - choice.between(90, 200) for _ in range(3))
    shore = [(0, size[1]), (0, left), (size[0] // 2, middle), (size[0], right), (size[0], size[1])]
    pen.polygon(shore, fill=dark)
    tree = choice.one((_palm, _poplar, _pine))
    for _ in range(choice.between(1, 5)):
        tree(
            pen,
            choice,
            choice.below(size[0]),
            max(left, middle, right) + choice.between(0, 60),
            _mix(dark, light[4], 0.4),
        )


def _palm(pen: ImageDraw.ImageDraw, choice: Draw, x: int, y: int, colour: Colour) -> None:
    high, lean = choice.between(260, 480), choice.between(-60, 60)
    pen.line((x, y, x + lean // 3, y - high // 2, x + lean, y - high), fill=(88, 66, 48), width=16, joint="curve")
    for angle in range(-200, 30, 23):
        turn = math.radians(angle + choice.between(-8, 8))
        far = choice.between(90, 150)
        tip = (x + lean + far * math.cos(turn), y - high + far * math.sin(turn) + 46)
        middle = (x + lean + far * 0.6 * math.cos(turn), y - high + far * 0.75 * math.sin(turn))
        pen.line([(x + lean, y - high), middle, tip], fill=colour, width=11, joint="curve")


def _poplar(pen: ImageDraw.ImageDraw, choice: Draw, x: int, y: int, colour: Colour) -> None:
    high, wide = choice.between(280, 520), choice.between(50, 90)
    pen.rectangle((x - 6, y - high // 4, x + 6, y), fill=(78, 60, 46))
    for _ in range(26):
        at, radius = choice.between(high // 6, high), choice.between(18, 34)
        reach = round(wide / 2 * math.sin(math.pi * min(0.95, at / high)))
        pen.ellipse(
            _round(x + choice.between(-reach, reach), y - at, radius),
            fill=_mix(colour, (120, 160, 90), choice.below(30) / 100),
        )


def _pine(pen: ImageDraw.ImageDraw, choice: Draw, x: int, y: int, colour: Colour) -> None:
    high = choice.between(260, 480)
    pen.rectangle((x - 8, y - high // 4, x + 8, y), fill=(78, 60, 46))
    for step in range(5):
        wide = (5 - step) * high // 14
        top = y - high // 6 - (step + 1) * high // 6
        pen.polygon(
            [(x - wide, top + high // 4), (x, top), (x + wide, top + high // 4)],
            fill=_mix(colour, (70, 110, 80), step / 12),
        )
