"""The rules of a small firewall, read from the top: one opens what nobody needs, one stands before what it blocks."""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, opaque
from lti_tool.content.material.wording import written

_RECEPTION, _OFFICE = {"en": "Reception", "fr": "Réception"}, {"en": "Office", "fr": "Bureau"}
_GUESTS, _INTERNET = {"en": "Guests", "fr": "Clients"}, {"en": "Internet", "fr": "Internet"}
_KITCHEN, _TERMINAL = {"en": "Kitchen", "fr": "Cuisine"}, {"en": "Payment terminal", "fr": "Terminal de paiement"}
_BOOKING, _PRINTER = {"en": "booking server", "fr": "serveur de réservation"}, {"en": "printer", "fr": "imprimante"}
_FILES, _CAMERAS = {"en": "file server", "fr": "serveur de fichiers"}, {"en": "cameras", "fr": "caméras"}
_ORDERS, _BANK = {"en": "order screen", "fr": "écran des commandes"}, {"en": "bank", "fr": "banque"}
_NEEDED = ((_RECEPTION, _BOOKING, 443), (_OFFICE, _PRINTER, 9100), (_OFFICE, _FILES, 445), (_TERMINAL, _BANK, 443),
           (_KITCHEN, _ORDERS, 8080), (_RECEPTION, _CAMERAS, 554), (_KITCHEN, _PRINTER, 9100))  # fmt: skip
_NOT_NEEDED = ((_GUESTS, _FILES, 445), (_INTERNET, _CAMERAS, 554), (_INTERNET, _FILES, 3389), (_GUESTS, _BOOKING, 22),
               (_INTERNET, _BOOKING, 22))  # fmt: skip
_ALLOW, _DENY, _ANY = {"en": "allow", "fr": "autoriser"}, {"en": "block", "fr": "bloquer"}, {"en": "any", "fr": "tous"}
_CAPTION = {"en": "Rules of the firewall, from the top", "fr": "Règles du pare-feu, de haut en bas"}
Rule = list[Any]


def _rules(choice: Draw, needed: list[Any], blocked: Any) -> tuple[list[Rule], Rule]:
    """The rules from the top, and the one too many.

    Of two blocking rules, one stands too early, one harmlessly late.
    """
    allows = [[_ALLOW, *service] for service in needed]
    extra: Rule = [_ALLOW, *choice.one(_NOT_NEEDED)]
    harmless = choice.one([service for service in needed if service is not blocked])
    first = [rule for rule in choice.shuffled([*allows, extra]) if rule[1:] != list(blocked)]
    first.insert(choice.between(0, 2), [_DENY, blocked[0], blocked[1], _ANY])
    after = 1 + next(place for place, rule in enumerate(first) if rule[1:3] == [blocked[0], blocked[1]])
    first.insert(choice.between(after, len(first)), [_ALLOW, *blocked])
    late = 1 + next(place for place, rule in enumerate(first) if rule == [_ALLOW, *harmless])
    first.insert(choice.between(late, len(first)), [_DENY, harmless[0], harmless[1], _ANY])
    return [*first, [_DENY, _ANY, _ANY, _ANY]], extra


def _service(service: Any) -> Any:
    return written("{source} → {target}, {port}", {"source": service[0], "target": service[1], "port": service[2]})


@generator("rule_order")
def draw(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Five needed services; the number of the rule to remove, and the service that the order of the rules blocks."""
    needed = choice.some(_NEEDED, 5)
    blocked = choice.one(needed)
    rules, extra = _rules(choice, needed, blocked)
    head = [{"en": "No.", "fr": "N°"}, {"en": "Action", "fr": "Action"}, {"en": "From", "fr": "De"},
            {"en": "To", "fr": "Vers"}, {"en": "Port", "fr": "Port"}]  # fmt: skip
    rows = [[str(place), *([*rule[:3], rule[3] if isinstance(rule[3], dict) else str(rule[3])])]
            for place, rule in enumerate(rules, start=1)]  # fmt: skip
    shown = [{"kind": "table", "caption": {"en": "Services that are needed", "fr": "Services nécessaires"},
              "head": head[2:], "rows": [[one[0], one[1], str(one[2])] for one in choice.shuffled(needed)]},
             {"kind": "table", "caption": _CAPTION, "head": head, "rows": rows}]  # fmt: skip
    options, ids = opaque(choice, [_service(service) for service in needed])
    number, stop = rules.index(extra) + 1, rules.index([_DENY, blocked[0], blocked[1], _ANY]) + 1
    fields = {"rule": {"value": number, "tolerance": 0}, "service": {"option": ids[needed.index(blocked)]}}
    told = {"rule": number, "stop": stop, "blocked": _service(blocked), "extra": _service(extra[1:])}
    return Drawn({"values": {}, "shown": shown, "options": {"service": options}}, {"fields": fields, "values": told})
