"""What the engine promises, simulated here and now, for a statistician who wants to see it."""

from dataclasses import asdict, dataclass
from json import dumps
from pathlib import Path

import click

from lti_tool.cli.output import as_json, sentences, show
from lti_tool.engine.simulation.compare import ONE, PROFILE, Comparison, Kind, Line, Mark, compare
from lti_tool.engine.simulation.plots import accuracy
from lti_tool.engine.simulation.world import NATURES

KINDS = {"one": (ONE,), "profile": (PROFILE,), "both": (ONE, PROFILE)}
MOST_PEOPLE = 5000


@dataclass(frozen=True, slots=True)
class Row:
    """A way of testing, in a table; exposure is told as largest / overlap / unused."""

    method: str
    questions: float
    rmse: str
    bias: float
    coverage: float | None
    ranks: float | None
    same_band: float
    exposure: str
    ms: float | None


@click.command()
@click.option("--world", "names", multiple=True, type=click.Choice([n.name for n in NATURES]), help="Default: all.")
@click.option("--kind", type=click.Choice(list(KINDS)), default="both", show_default=True)
@click.option("--people", type=click.IntRange(8, MOST_PEOPLE), default=100, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same people and luck.")
@click.option("--svg", type=click.Path(file_okay=False, path_type=Path), help="Write a plot of each comparison here.")
@as_json
@sentences
def simulate(names: tuple[str, ...], kind: str, people: int, seed: int, svg: Path | None, json_wanted: bool) -> None:
    """Compare the engine with other ways to test, on simulated trainees in several worlds.

    The profile asks 96 questions of each: a minute or two for 100 people in each world.
    """
    found = []
    for nature in NATURES:
        for which in KINDS[kind] if not names or nature.name in names else ():
            click.echo(f"{nature.name}, {which.name} …", err=True)
            found.append(compare(nature, which, people, seed))
            _tell(found[-1], which, svg, json_wanted=json_wanted)
    if json_wanted:
        click.echo(dumps([asdict(one) for one in found], indent=2))


def _tell(found: Comparison, kind: Kind, svg: Path | None, *, json_wanted: bool) -> None:
    """Print a comparison as tables, and draw it where wanted."""
    if svg is not None:
        svg.mkdir(parents=True, exist_ok=True)
        (svg / f"{kind.name} - {found.world}.svg".replace(" ", "-")).write_text(accuracy(found), encoding="utf-8")
    if json_wanted:
        return
    click.echo(f"\n{found.world}: {found.kind}, {found.people} people, seed {found.seed}")
    show([_row(line) for line in found.lines], json_wanted=False)
    for name, value in found.found.items():
        click.echo(f"  {name}: {'never' if value is None else f'{value:.2f}'}")
    for line in found.lines[:2]:
        told = ", ".join(
            f"{one.low:g}-{one.high:g}: {one.bias:+.2f} / {one.coverage:.2f}"
            for one in line.by_level
            if one.bias is not None and one.coverage is not None
        )
        click.echo(f"  {line.method}, bias / coverage by true level: {told}")


def _row(line: Line) -> Row:
    end = line.end
    use = line.use
    return Row(
        method=line.method,
        questions=round(line.questions, 1),
        rmse=" ".join(_mark(mark) for mark in line.marks),
        bias=round(end.bias, 2),
        coverage=None if end.coverage is None else round(end.coverage, 3),
        ranks=None if end.ranks is None else round(end.ranks, 2),
        same_band=round(line.same_band, 2),
        exposure="-" if use is None else f"{use.largest:.2f} / {use.overlap:.2f} / {use.unused:.2f}",
        ms=None if line.milliseconds is None else round(line.milliseconds, 2),
    )


def _mark(mark: Mark) -> str:
    return f"{mark.questions}:{mark.rmse:.2f}"
