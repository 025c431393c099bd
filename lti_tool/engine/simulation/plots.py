"""Plots of a comparison as SVG, readable without colour: every line is named at its end."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from lti_tool.engine.simulation.compare import Comparison, Line

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 360, 56, 40, 190, 44
DASHES = ("", "8 4", "2 3", "10 3 2 3", "5 5", "1 4", "12 6")
INKS = ("#0b5cad", "#7a3aa8", "#b3261e", "#8a5a00", "#3d6b35", "#5f6368", "#00696f")
CLOSEST = 14.0
"""Distance in pixels that the names of two lines keep."""


def accuracy(comparison: Comparison) -> str:
    """Draw the error (RMSE, levels) of each way of testing against the number of questions."""
    longest = max(mark.questions for line in comparison.lines for mark in line.marks)
    worst = max(mark.rmse for line in comparison.lines for mark in line.marks)
    title = f"Error by number of questions: {comparison.kind}, {comparison.world}"
    lines = []
    for number, (line, name_y) in enumerate(_named(comparison.lines, worst)):
        points = [(_x(mark.questions / longest), _y(mark.rmse / worst)) for mark in line.marks]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        ink, dash = INKS[number % len(INKS)], DASHES[number % len(DASHES)]
        lines.append(
            f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="2.5" stroke-dasharray="{dash}"/>'
            f'<text x="{points[-1][0] + 8:.1f}" y="{name_y:.1f}" fill="{ink}">{escape(line.method)}</text>'
        )
    return _frame(title, [*_axes(longest, worst), *lines])


def _named(lines: Sequence[Line], worst: float) -> list[tuple[Line, float]]:
    """Place the names of the lines beside their ends, one below the other where they would meet."""
    ordered = sorted(lines, key=lambda line: -line.end.rmse)
    found: list[tuple[Line, float]] = []
    for line in ordered:
        wanted = _y(line.end.rmse / worst) + 4
        found.append((line, max(wanted, found[-1][1] + CLOSEST) if found else wanted))
    return found


def _axes(longest: int, worst: float) -> list[str]:
    """Draw both axes with a few numbers."""
    parts = [f'<path d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}" fill="none" stroke="#5f6368"/>']
    for step in range(5):
        questions, error = longest * step / 4, worst * step / 4
        parts.append(
            f'<text x="{_x(step / 4):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{questions:.0f}</text>'
        )
        parts.append(f'<text x="{LEFT - 8}" y="{_y(step / 4) + 4:.1f}" text-anchor="end">{error:.2f}</text>')
    parts.append(f'<text x="{_x(0.5):.1f}" y="{HEIGHT - 8}" text-anchor="middle">questions</text>')
    parts.append(f'<text x="{LEFT - 44}" y="{TOP - 10}">RMSE, levels</text>')
    return parts


def _frame(title: str, parts: Sequence[str]) -> str:
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="12" fill="#202124"><title>{escape(title)}</title>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n'
        f'<text x="{LEFT}" y="18" font-size="14">{escape(title)}</text>\n{body}\n</svg>\n'
    )


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)
