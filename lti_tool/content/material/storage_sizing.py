"""Figures of a backup: room for a retention rule, time to send it, the cheapest plan within two limits.

Units are decimal and printed with the challenges: 1 GB = 1,000 MB = 8,000 megabits.
"""

from collections.abc import Mapping
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


@generator("storage_cheapest")
def draw_cheapest(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Four plans; two limits, hours of work lost and hours of stop: the cheapest within both, and its restore time.

    Every plan cheaper than the right one breaks a limit; the dearer ones may keep both or not.
    """
    loss, volume = choice.one((4, 6, 12)), choice.between(120, 480, 40)
    stop, cheaper = choice.between(8, 16, 2), choice.between(0, 3)
    prices = sorted(choice.some(range(24, 90), 4))
    failing = [(False, True), (True, False)]
    before = [*choice.shuffled(failing), choice.one(failing)][:cheaper]
    after = choice.shuffled([(True, True), *failing])[: 3 - cheaper]
    keeps = [*before, (True, True), *after]
    plans = [_plan(choice, volume, loss, stop, price, keeps=kept) for price, kept in zip(prices, keeps, strict=True)]
    right, order = plans[cheaper], choice.shuffled(plans)
    rows = [
        [letter, *(plan[key] for key in ("interval", "delay", "speed", "price"))]
        for letter, plan in zip("ABCD", order, strict=True)
    ]
    options, ids = opaque(choice, list("ABCD"))
    options.sort(key=lambda option: str(option["text"]))
    letter = "ABCD"[order.index(right)]
    caption = said("The four plans", "Les quatre formules")
    facts = {
        "values": {"house": choice.one(HOUSES), "loss": loss, "stop": stop, "volume": volume},
        "options": {"plan": options}, "shown": [{"kind": "table", "caption": caption, "head": _HEAD, "rows": rows}],
    }  # fmt: skip
    told = {"letter": letter, "delay": right["delay"], "speed": right["speed"], "hours": {"number": right["hours"]}}
    fields = {"plan": {"option": ids["ABCD".index(letter)]}, "hours": {"value": right["hours"], "tolerance": 0.1}}
    return Drawn(facts, {"fields": fields, "values": told})


_HEAD = [
    said("Plan", "Formule"), said("Copy every … hours", "Copie toutes les … heures"),
    said("Hours before the restore begins", "Heures avant le début de la restauration"),
    said("Restored GB per hour", "Go restaurés par heure"), said("Price per month", "Prix par mois"),
]  # fmt: skip


def _plan(choice: Draw, volume: int, loss: int, stop: int, price: int, *, keeps: tuple[bool, bool]) -> dict[str, Any]:
    """A plan whose interval keeps or breaks the loss limit, and whose full restore keeps or breaks the stop limit."""
    interval = choice.one([hours for hours in (2, 3, 4, 6, 12) if hours <= loss] if keeps[0] else [loss * 2, loss * 3])
    fits = [
        (delay, speed)
        for delay in range(1, 25)
        for speed in (20, 40, 80, 160)
        if (delay + volume / speed <= stop) is keeps[1] and stop / 2 <= delay + volume / speed <= stop * 2
    ]
    delay, speed = choice.one(fits)
    return {"interval": interval, "delay": delay, "speed": speed, "price": price, "hours": delay + volume / speed}
