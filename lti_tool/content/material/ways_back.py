"""Ways into an account, each kept somewhere: which of them are left after a loss?"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, proposals

_LOSSES = (
    ({"en": "the phone only", "fr": "le téléphone seulement"}, ("phone",)),
    ({"en": "the bag, with the phone and the keyring in it", "fr": "le sac, avec le téléphone et le porte-clés"},
     ("phone", "keys")),
    ({"en": "the wallet and the phone", "fr": "le portefeuille et le téléphone"}, ("phone", "wallet")),
    ({"en": "the keyring and the wallet", "fr": "le porte-clés et le portefeuille"}, ("keys", "wallet")),
)  # fmt: skip
_WAYS = (
    ("phone", {"en": "Code app", "fr": "Application de codes"},
     {"en": "On the phone, never copied elsewhere",
      "fr": "Sur le téléphone, jamais copiée ailleurs"}),
    ("phone", {"en": "Approval on a screen", "fr": "Validation à l’écran"},
     {"en": "A question appears on the phone: “Is it you?”",
      "fr": "Une question s’affiche sur le téléphone : « Est-ce vous ? »"}),
    ("desk", {"en": "Recovery codes", "fr": "Codes de secours"},
     {"en": "Printed, 8 unused, in a drawer at home",
      "fr": "Imprimés, 8 inutilisés, dans un tiroir à la maison"}),
    ("wallet", {"en": "Recovery codes", "fr": "Codes de secours"},
     {"en": "Printed, 8 unused, folded in the wallet; no copy",
      "fr": "Imprimés, 8 inutilisés, pliés dans le portefeuille ; aucune copie"}),
    ("used", {"en": "Recovery codes", "fr": "Codes de secours"},
     {"en": "Printed, at home, all 8 already used", "fr": "Imprimés, à la maison, les 8 déjà utilisés"}),
    ("keys", {"en": "Security key", "fr": "Clé de sécurité"}, {"en": "On the keyring", "fr": "Sur le porte-clés"}),
    ("desk", {"en": "Spare security key", "fr": "Clé de sécurité de rechange"},
     {"en": "In the safe of the workshop", "fr": "Dans le coffre de l’atelier"}),
    ("desk", {"en": "Passkey", "fr": "Clé d’accès (passkey)"},
     {"en": "On the tablet, which stays at home", "fr": "Sur la tablette, qui reste à la maison"}),
    ("desk", {"en": "Call to a landline", "fr": "Appel sur un téléphone fixe"},
     {"en": "A voice reads the code on the workshop’s landline",
      "fr": "Une voix lit le code sur le téléphone fixe de l’atelier"}),
)  # fmt: skip


@generator("ways_back")
def draw(choice: Draw, _parameters: Mapping[str, Any]) -> Drawn:
    """Five ways, one kind of recovery codes at most, of which one to four are left."""
    lost, gone = choice.one(_LOSSES)
    codes = choice.one([way for way in _WAYS if way[1]["en"] == "Recovery codes"])
    others = [way for way in _WAYS if way[1]["en"] != "Recovery codes"]
    fixed = [choice.one([way for way in others if way[0] in gone] or [codes]), choice.one(others[3:])]
    rest = choice.shuffled([way for way in others if way not in fixed])
    ways = choice.shuffled(list({way[1]["en"]: way for way in [codes, *fixed, *rest]}.values())[:5])
    left = [way for way in ways if way[0] not in gone and way[0] != "used"]
    wrong = [way for way in ways if way not in left]
    shown, ids = proposals(choice, [way[1] for way in left], [way[1] for way in wrong])
    links = [{"path": str(place), "text": way[1]} for place, way in enumerate(ways, start=1)]
    title = {"en": "Ways to sign in", "fr": "Moyens de connexion"}
    pages = [{"path": "", "title": title, "blocks": [{"block": "links", "items": links}]}]
    label = {"en": "Where it is", "fr": "Où il se trouve"}
    pages += [{"path": str(place), "title": way[1], "blocks": [{"block": "facts", "rows": [[label, way[2]]]}]}
              for place, way in enumerate(ways, start=1)]  # fmt: skip
    brand = {"en": "My account – security", "fr": "Mon compte – sécurité"}
    place = {"name": "panel", "start": "", "skin": "account", "brand": brand, "pages": pages}
    found = {"left": {"list": [way[1] for way in left]}}
    return Drawn({"values": {"lost": lost}, "proposals": shown, "place": place}, {"right": ids, "values": found})
