"""A page of nine results of which two to four are labelled as paid for; a label that means it, each time in other words.

Themes: `travel` and `tools`. Ordinary results may sound like selling too: only the label tells.
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator, proposals
from lti_tool.content.material.web_words import said

LABELS = (said("Annonce", "Ad"), said("Sponsorisé", "Sponsored"), said("Lien commercial", "Commercial link"),
          said("Publicité", "Advertisement"), said("Annonce payée", "Paid listing"))  # fmt: skip
QUERIES = {"tools": said("perceuse sans fil", "cordless drill"), "travel": said("billet de bateau", "ferry ticket")}
RESULTS = {
    "tools": (
        (said("Perceuses sans fil à petit prix", "Cordless drills at low prices"), "outils-express.example", said("Livraison en deux jours, retours gratuits.", "Two-day delivery, free returns.")),
        (said("Choisir une perceuse sans fil", "Choosing a cordless drill"), "guide-bricolage.example", said("Tension, couple, batterie : ce qui compte vraiment.", "Voltage, torque, battery: what really counts.")),
        (said("Dix perceuses comparées", "Ten drills compared"), "essais-ateliers.example", said("Nos essais, sans marque préférée.", "Our tests, with no favourite make.")),
        (said("Perceuses d’occasion garanties", "Second-hand drills with guarantee"), "coin-outil.example", said("Révisées dans notre atelier, six mois de garantie.", "Serviced in our workshop, six-month guarantee.")),
        (said("La boutique du perçage", "The drilling shop"), "boutique-percage.example", said("Toutes les perceuses, conseil au comptoir.", "All the drills, advice at the counter.")),
        (said("Perceuse : entretenir la batterie", "Drills: looking after the battery"), "lycee-technique-est.example", said("Fiche de cours du lycée technique.", "A course sheet of the technical school.")),
        (said("Offres de la semaine : perceuses", "This week’s offers: drills"), "brico-du-port.example", said("Jusqu’à épuisement du stock.", "While stocks last.")),
        (said("Forum : quelle perceuse pour du béton ?", "Forum: which drill for concrete?"), "forum-artisans.example", said("42 réponses d’artisans.", "42 answers from tradespeople.")),
        (said("Location de perceuses à la journée", "Drills for hire by the day"), "location-chantier.example", said("Sur rendez-vous, caution demandée.", "By appointment, deposit required.")),
        (said("Perceuse sans fil : histoire et principe", "Cordless drills: history and principle"), "encyclo-technique.example", said("Article relu le mois dernier.", "Article revised last month.")),
        (said("Votre perceuse livrée demain", "Your drill delivered tomorrow"), "livre-demain.example", said("Commandez avant midi.", "Order before noon.")),
    ),
    "travel": (
        (said("Billets de bateau moins chers", "Cheaper ferry tickets"), "mer-a-petit-prix.example", said("Comparez vingt traversées en un clic.", "Compare twenty crossings in one click.")),
        (said("Horaires et tarifs des traversées", "Crossings: times and fares"), "port-autonome.example", said("Le tableau du port, mis à jour chaque matin.", "The port’s table, updated every morning.")),
        (said("Réserver un billet de bateau", "Book a ferry ticket"), "ligne-bleue.example", said("Site de la compagnie Ligne Bleue.", "Site of the Ligne Bleue company.")),
        (said("Traversées : vos droits en cas de retard", "Crossings: your rights when delayed"), "conso-info.example", said("Fiche pratique de l’association.", "A practical sheet by the association.")),
        (said("Dernières places pour l’été", "Last places for the summer"), "partir-vite.example", said("Offre réservée aux internautes.", "An offer for web users only.")),
        (said("Voyager en bateau avec une voiture", "Taking a car on the ferry"), "carnet-voyage.example", said("Récit et conseils d’une famille.", "A family’s story and advice.")),
        (said("Billet de bateau et hôtel : le duo", "Ferry and hotel: the pair"), "duo-vacances.example", said("Payez en trois fois.", "Pay in three instalments.")),
        (said("Gare maritime : comment venir", "Ferry terminal: how to get there"), "gare-maritime.example", said("Bus 4 et 17, parking gratuit une heure.", "Buses 4 and 17, one hour’s free parking.")),
        (said("Agence du Quai : billets au guichet", "Quay Agency: tickets over the counter"), "agence-quai.example", said("Sans frais de dossier.", "No booking fee.")),
        (said("Avis des passagers sur les traversées", "Passengers’ reviews of crossings"), "avis-passagers.example", said("1 204 avis, triés par date.", "1,204 reviews, sorted by date.")),
        (said("Partez ce week-end !", "Leave this weekend!"), "evasion-minute.example", said("Départs garantis.", "Guaranteed departures.")),
    ),
}  # fmt: skip


@generator("search_ads", takes=("theme",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """Nine results, two to four of them paid for, in drawn places; one wording of the label for the page."""
    theme = parameters["theme"]
    results = choice.some(RESULTS[theme], 9)
    paid = sorted(choice.some(range(9), choice.between(2, 4)))
    pages = [{"title": title, "site": site, "path": "", "text": text, "summary": text, "ad": place in paid}
             for place, (title, site, text) in enumerate(results)]  # fmt: skip
    label = choice.one(LABELS)
    place = {"name": "search", "start": "results", "fixed": True, "query": QUERIES[theme], "pages": pages, "ad_label": label}
    titles = [title for title, _, _ in results]
    shown, ids = proposals(choice, [titles[one] for one in paid], [titles[one] for one in range(9) if one not in paid])
    facts = {"values": {"query": QUERIES[theme]}, "place": place, "proposals": shown}
    return Drawn(facts, {"right": ids, "values": {"label": label, "count": len(paid)}})
