"""Numbers of the gradebook: five decimals, as Moodle keeps them."""


def rescaled(score: float, given: float, wanted: float) -> float:
    """A score out of `given` on a scale that ends at `wanted`, never above its end (Moodle caps extra credit)."""
    return round(min(score / given, 1.0) * wanted, 5) if given > 0 else 0.0


def plain(number: float) -> float | int:
    """40.0 -> 40, as JSON of Moodle shows it."""
    return int(number) if float(number).is_integer() else number
