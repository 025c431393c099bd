"""A heap of documents to sort by a rule that only their content answers: the year of an invoice, the customer."""

from collections.abc import Mapping, Sequence
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator
from lti_tool.content.material.cast import FAMILY_NAMES, HOUSES, Said, explorer_of, month_name, said
from lti_tool.content.material.matched import linked

_INVOICE = said("INVOICE no. {n}", "FACTURE n° {n}")
_OTHERS = (
    said("QUOTE no. {n}", "DEVIS n° {n}"), said("DELIVERY NOTE no. {n}", "BON DE LIVRAISON n° {n}"),
    said("PURCHASE ORDER no. {n}", "BON DE COMMANDE n° {n}"),
)  # fmt: skip
_BODY = said(
    "{title}\n\n{house}\nCustomer: {customer}\nDate: {day}\n{line}\nTotal: {total} dinars",
    "{title}\n\n{house}\nClient\u00a0: {customer}\nDate\u00a0: {day}\n{line}\nTotal\u00a0: {total} dinars",
)
_LINES = (
    said("Payable before {later}", "À payer avant le {later}"),
    said("Refers to the order of {earlier}", "Selon la commande du {earlier}"),
)
_NAMES = ("scan-{x}", "document-{x}", "IMG-{x}", "doc-{y}-{x}", "{y}-{x}")
_NO_INVOICE = said("not an invoice", "pas une facture")


def _told(day: int, month: int, year: int) -> Said:
    return {lang: f"{day} {name} {year}" for lang, name in month_name(month).items()}


def _document(choice: Draw, year: int, customer: str, house: Said, *, invoice: bool) -> Said:
    """The text of a document of a year; another date in it points to the year before or after."""
    title = _INVOICE if invoice else choice.one(_OTHERS)
    late = choice.chance(1, 2)
    day, number, total = choice.between(13, 28), choice.between(100, 999), choice.between(45, 980)
    written = _told(day, choice.between(11, 12) if late else choice.between(1, 2), year)
    other = _told(
        choice.between(13, 28), choice.between(1, 2) if late else choice.between(11, 12), year + (1 if late else -1)
    )
    line = _LINES[0 if late else 1]
    text = {}
    for lang, body in _BODY.items():
        filled = line[lang].replace("{later}", other[lang]).replace("{earlier}", other[lang])
        text[lang] = (
            body.replace("{title}", title[lang].replace("{n}", str(number)))
            .replace("{house}", house[lang])
            .replace("{customer}", customer)
            .replace("{day}", written[lang])
            .replace("{line}", filled)
            .replace("{total}", str(total))
        )
    return text


@generator("folder_sort", takes=("by",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Ten documents whose names do not tell; four are asked: the folder of each, by year or by customer."""
    by_year = parameters["by"] == "year"
    customers = choice.some(FAMILY_NAMES, 3)
    years = [first := choice.between(2020, 2022), first + 1, first + 2]
    house = choice.one(HOUSES)
    # Where each goes: one of three folders, or the fourth for what is no invoice.
    spots = choice.shuffled([0, 1, 2, 3, *(choice.below(4) for _ in range(6))])
    shown_names, files = _named(choice, years), []
    for name, spot in zip(shown_names, spots, strict=True):
        inside = spot if spot < 3 else choice.below(3)
        year = years[inside] if by_year else choice.one(years)
        customer = choice.one(customers) if by_year else customers[inside]
        text = _document(choice, year, customer, house, invoice=spot < 3)
        moment = f"{years[2] + 1}-0{choice.between(3, 9)}-{choice.between(13, 28)}T09:{choice.between(10, 59)}"
        files.append(
            {
                "path": {"en": f"To sort/{name}", "fr": f"À trier/{name}"},
                "size": choice.between(30, 900) * 1000,
                "modified": moment,
                "content": text,
            }
        )
    folders: list[Any] = [*(str(year) for year in years), _NO_INVOICE] if by_year else [*customers, _NO_INVOICE]
    asked = [spots.index(spot) for spot in choice.shuffled(range(4))]
    names, right = [shown_names[place] for place in asked], [spots[place] for place in asked]
    values, options, fields = linked(choice, names, folders, right)
    return Drawn({"values": values, "options": options, "place": explorer_of(files)}, {"fields": fields})


def _named(choice: Draw, years: Sequence[int]) -> list[str]:
    numbers = choice.some(range(1001, 9900), 10)
    return [
        choice.one(_NAMES).replace("{x}", str(number)).replace("{y}", str(choice.one(years))) + ".pdf"
        for number in numbers
    ]
