"""Charts as values: the numbers that a template puts into inline SVG, nothing of its colours and words.

Each picture stands beside the same in words or in a table. Lengths are in the units of the picture's viewBox.
"""

from dataclasses import dataclass
from math import cos, pi, sin

from lti_tool.insights.trainee.earlier import Earlier
from lti_tool.insights.trainee.levels import CompetenceLevel

_TOP = 8
_LEFT, _STEP = 10.0, 40.0
"""Where level 0 stands on a scale, and how far apart levels are; the scale is 340 wide."""
_CENTRE, _HUB, _RIM, _NAMES = 150.0, 30.0, 126.0, 140.0
_GAP = 0.008
"""Between two wedges, in turns of a whole circle, half on each side."""
_FEWEST_WEDGES = 3


@dataclass(frozen=True, slots=True)
class Scale:
    """A level on the axis 0 to 8 with its interval; the axis runs with the text (`rtl`: from the right).

    `axis` is the stretch up to the highest level that the test can show; `ticks` are the levels with their place;
    `earlier` is where an earlier attempt stood.
    """

    axis: float
    axis_width: float
    reach: float
    reach_width: float
    dot: float
    ticks: tuple[tuple[int, float], ...]
    earlier: float | None


@dataclass(frozen=True, slots=True)
class Wedge:
    """One competence on the wheel, as paths: its whole field, how far the level reaches, its interval; or no level.

    `earlier` is the arc at which an earlier attempt stood; `x` and `y` are where its code is written.
    """

    code: str
    area: str
    field: str
    level: str | None
    interval: str | None
    earlier: str | None
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Wheel:
    """All competences of a test around a hub, one wedge each, its radius the level; viewBox 0 0 300 300."""

    wedges: tuple[Wedge, ...]
    rings: tuple[float, ...]
    centre: float


def scales_of(levels: tuple[CompetenceLevel, ...], earlier: Earlier | None, direction: str) -> dict[str, Scale]:
    """The scale of each measured competence, by its code."""
    before = levels_before(earlier)
    return {one.code: scale_of(one, before.get(one.code), direction) for one in levels if one.estimate is not None}


def scale_of(level: CompetenceLevel, earlier: float | None, direction: str) -> Scale:
    """The scale of one measured competence; `earlier` is the level that it had."""

    def at(value: float) -> float:
        place = _LEFT + _STEP * value
        return round(place if direction == "ltr" else 2 * _LEFT + _STEP * _TOP - place, 1)

    def start(low: float, high: float) -> float:
        return min(at(low), at(high))

    middle = level.estimate.level if level.estimate is not None else 0.0
    return Scale(
        axis=start(0, level.cap),
        axis_width=round(_STEP * level.cap, 1),
        reach=start(level.low, level.high),
        reach_width=round(_STEP * (level.high - level.low), 1),
        dot=at(middle),
        ticks=tuple((number, at(number)) for number in range(_TOP + 1)),
        earlier=None if earlier is None else at(earlier),
    )


def wheel_of(levels: tuple[CompetenceLevel, ...], earlier: Earlier | None) -> Wheel | None:
    """The wheel of a test, its first competence at the top and the others clockwise; None for fewer than three."""
    if len(levels) < _FEWEST_WEDGES:
        return None
    before = levels_before(earlier)
    wedges = tuple(_wedge(one, number, len(levels), before.get(one.code)) for number, one in enumerate(levels))
    return Wheel(wedges, tuple(round(_radius(level), 1) for level in range(2, _TOP + 1, 2)), _CENTRE)


def levels_before(earlier: Earlier | None) -> dict[str, float]:
    """The level of each competence in the earlier attempt, where it was measured both times."""
    changes = earlier.changes if earlier is not None else ()
    return {one.code: one.before.estimate.level for one in changes if one.before.estimate is not None}


def _wedge(one: CompetenceLevel, number: int, count: int, before: float | None) -> Wedge:
    start, end = number / count + _GAP / 2, (number + 1) / count - _GAP / 2
    x, y = _point(_NAMES, (number + 0.5) / count)
    measured = one.estimate is not None
    return Wedge(
        code=one.code,
        area=one.area,
        field=_sector(start, end, _HUB, _RIM),
        level=_sector(start, end, _HUB, _radius(one.estimate.level)) if one.estimate is not None else None,
        interval=_sector(start, end, _radius(one.low), _radius(one.high)) if measured else None,
        earlier=None if before is None else _arc(start, end, _radius(before)),
        x=round(x, 1),
        y=round(y, 1),
    )


def _radius(level: float) -> float:
    return _HUB + (_RIM - _HUB) * min(max(level, 0.0), _TOP) / _TOP


def _point(radius: float, turn: float) -> tuple[float, float]:
    """The point at that distance of the centre, `turn` of the way round clockwise from the top."""
    angle = 2 * pi * turn
    return _CENTRE + radius * sin(angle), _CENTRE - radius * cos(angle)


def _sector(start: float, end: float, inner: float, outer: float) -> str:
    """A closed path between two radii and two turns."""
    far = int(end - start > 0.5)
    (ax, ay), (bx, by) = _point(outer, start), _point(outer, end)
    (cx, cy), (dx, dy) = _point(inner, end), _point(inner, start)
    return (
        f"M{ax:.1f} {ay:.1f}A{outer:.1f} {outer:.1f} 0 {far} 1 {bx:.1f} {by:.1f}"
        f"L{cx:.1f} {cy:.1f}A{inner:.1f} {inner:.1f} 0 {far} 0 {dx:.1f} {dy:.1f}Z"
    )


def _arc(start: float, end: float, radius: float) -> str:
    """An open arc."""
    (ax, ay), (bx, by) = _point(radius, start), _point(radius, end)
    return f"M{ax:.1f} {ay:.1f}A{radius:.1f} {radius:.1f} 0 {int(end - start > 0.5)} 1 {bx:.1f} {by:.1f}"
