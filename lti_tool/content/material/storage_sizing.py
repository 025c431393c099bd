"""Figures of a backup: room for a retention rule, time to send it, the cheapest plan within two limits.

Units are decimal and printed with the challenges: 1 GB = 1,000 MB = 8,000 megabits.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, opaque
from lti_tool.content.material.cast import HOUSES, said


@generator("storage_retention")
def draw_retention(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Weekly full sets and daily sets, each kept for a while, compressed: how much room once the rule runs?"""
    volume, change = choice.between(80, 400, 20), choice.between(2, 12, 2)
    weeks, dailies, share = choice.between(3, 8), choice.one((6, 12, 18)), choice.one((40, 50, 60, 75, 80))
    raw = weeks * volume + dailies * change
    room = raw * share / 100
    values = {
        "house": choice.one(HOUSES),
        "volume": volume,
        "change": change,
        "weeks": weeks,
        "dailies": dailies,
        "share": share,
    }
    told = {
        "raw": {"number": raw},
        "fulls": {"number": weeks * volume},
        "days": dailies * change,
        "room": {"number": room},
    }
    return Drawn({"values": values}, {"value": room, "tolerance": 0.5, "values": told})


@generator("storage_upload")
def draw_upload(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """A volume, a compression and a line in megabits: how many hours does the first full copy take?"""
    speed, hours, share = choice.one((8, 10, 16, 20, 40)), choice.between(6, 48, 2), choice.one((50, 80))
    sent = speed * hours * 3600 / 8000
    volume = sent * 100 / share
    values = {"house": choice.one(HOUSES), "volume": {"number": volume}, "share": share, "speed": speed}
    told = {"sent": {"number": sent}, "megabits": {"number": sent * 8000}, "hours": hours}
    return Drawn({"values": values}, {"value": hours, "tolerance": 0.2, "values": told})


_HEAD = [
    said("Plan", "Formule"), said("Copy every … hours", "Copie toutes les … heures"),
    said("Hours before the restore begins", "Heures avant le début de la restauration"),
    said("Restored GB per hour", "Go restaurés par heure"), said("Dinars per month", "Dinars par mois"),
    said("and per 100 GB", "et par tranche de 100 Go"),
]  # fmt: skip


@generator("storage_cheapest", takes=("by_volume",))
def draw_cheapest(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Four plans; two limits, hours of work lost and hours of stop: the cheapest within both, and its restore time.

    Every plan cheaper than the right one breaks a limit; the dearer ones may keep both or not. With `by_volume` a part
    of the price depends on the volume.
    """
    by_volume = bool(parameters.get("by_volume"))
    loss, volume = choice.one((4, 6, 12)), choice.between(200, 600, 100) if by_volume else choice.between(120, 480, 40)
    stop, cheaper = choice.between(8, 16, 2), choice.between(0, 3)
    failing = [(False, True), (True, False)]
    before = [*choice.shuffled(failing), choice.one(failing)][:cheaper]
    keeps = [*before, (True, True), *choice.shuffled([(True, True), *failing])[: 3 - cheaper]]
    plans = [_plan(choice, volume, loss, stop, keeps=kept) for kept in keeps]
    for plan, price in zip(plans, sorted(choice.some(range(48, 110), 4)), strict=True):
        plan["total"], plan["share"] = price, choice.between(1, 6) if by_volume else 0
        plan["price"] = price - plan["share"] * volume // 100
    right, order = plans[cheaper], choice.shuffled(plans)
    place = order.index(right)
    options, ids = opaque(choice, list("ABCD"))
    options.sort(key=lambda option: str(option["text"]))
    facts = {
        "values": {"house": choice.one(HOUSES), "loss": loss, "stop": stop, "volume": volume},
        "options": {"plan": options}, "shown": [_plan_table(order, 6 if by_volume else 5)],
    }  # fmt: skip
    told = {"letter": "ABCD"[place], **{key: right[key] for key in ("delay", "speed", "price", "share", "total")}}
    fields = {"plan": {"option": ids[place]}, "hours": {"value": right["hours"], "tolerance": 0.1}}
    return Drawn(facts, {"fields": fields, "values": {**told, "hours": {"number": right["hours"]}}})


def _plan_table(plans: Sequence[Mapping[str, Any]], columns: int) -> dict[str, Any]:
    keys = ("interval", "delay", "speed", "price", "share")
    rows = [[letter, *(plan[key] for key in keys)][:columns] for letter, plan in zip("ABCD", plans, strict=True)]
    caption = said("The four plans", "Les quatre formules")
    return {"kind": "table", "caption": caption, "head": _HEAD[:columns], "rows": rows}


def _plan(choice: Draw, volume: int, loss: int, stop: int, *, keeps: tuple[bool, bool]) -> dict[str, Any]:
    """A plan whose interval keeps or breaks the loss limit, and whose full restore keeps or breaks the stop limit."""
    interval = choice.one([hours for hours in (2, 3, 4, 6, 12) if hours <= loss] if keeps[0] else [loss * 2, loss * 3])
    fits = [
        (delay, speed)
        for delay in range(1, 25)
        for speed in (20, 40, 80, 160)
        if (delay + volume / speed <= stop) is keeps[1] and stop / 2 <= delay + volume / speed <= stop * 2
    ]
    delay, speed = choice.one(fits)
    return {"interval": interval, "delay": delay, "speed": speed, "hours": delay + volume / speed}


@generator("storage_breakdown")
def draw_breakdown(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Copies at set hours, a breakdown, a restore: how many minutes of work are lost, and when is all back?"""
    step, first = choice.one((2, 3, 4)), choice.between(5, 7)
    copies = list(range(first, 20, step))
    copy = choice.one([hour for hour in copies if 7 <= hour <= 14])
    lost = choice.between(25, step * 60 - 10, 5)
    # A quarter of an hour restores a whole number of GB.
    wait, speed, minutes = choice.between(30, 90, 15), choice.one((40, 60, 80, 120)), choice.between(60, 210, 15)
    volume = speed * minutes // 60
    stopped, back = copy * 60 + lost, copy * 60 + lost + wait + minutes
    values = {
        "house": choice.one(HOUSES), "first": _clock(first * 60), "step": step, "stopped": _clock(stopped),
        "wait": wait, "volume": volume, "speed": speed,
    }  # fmt: skip
    told = {"copy": _clock(copy * 60), "lost": lost, "minutes": minutes, "back": _clock(back)}
    fields = {"lost": {"value": lost, "tolerance": 0}, "back": {"time": f"{back // 60:02}:{back % 60:02}"}}
    return Drawn({"values": values}, {"fields": fields, "values": told})


def _clock(minutes: int) -> dict[str, str]:
    """A time of the day as each language writes it."""
    hour, rest = divmod(minutes, 60)
    return said(f"{hour:02}:{rest:02}", f"{hour}\u00a0h\u00a0{rest:02}")
