"""A small site whose menus lead to a fact: a training centre (a room) or a clinic (a telephone extension).

Every course or service has a page of its own with several rooms or numbers; the one asked for stands on a page of its
own, reached from the menu (`plan` 0) or from the page of the course (`plan` 1).
"""

from collections.abc import Mapping
from typing import Any

from lti_tool.content.challenge import Drawn
from lti_tool.content.chance import Draw
from lti_tool.content.generators import generator
from lti_tool.content.material.web_words import PLANTS, TOWNS, people, said
from lti_tool.content.places.browser import Link, Links, Opener, Page, Site, shelf, world
from lti_tool.content.presentation import Listing, Paragraph
from lti_tool.content.filling import fill, say

SUBJECTS = {
    "centre": (
        said("menuiserie", "carpentry"), said("couture", "dressmaking"), said("soudure", "welding"),
        said("pâtisserie", "pastry making"), said("électricité", "electrical work"), said("coiffure", "hairdressing"),
        said("comptabilité", "bookkeeping"), said("plomberie", "plumbing"),
    ),
    "clinic": (
        said("dentisterie", "dentistry"), said("cardiologie", "cardiology"), said("pédiatrie", "paediatrics"),
        said("radiologie", "radiology"), said("kinésithérapie", "physiotherapy"), said("dermatologie", "dermatology"),
        said("ophtalmologie", "ophthalmology"), said("maternité", "maternity care"),
    ),
}  # fmt: skip
NAMES = {"centre": said("Centre de formation {plant}", "{plant} Training Centre"),
         "clinic": said("Clinique {plant}", "{plant} Clinic")}  # fmt: skip
HOSTS = {"centre": "centre-{word}.example", "clinic": "clinique-{word}.example"}

WORDING: dict[str, dict[str, dict[str, str]]] = {
    "centre": {
        "motto": said("Se former à un métier, à {town}", "Learning a trade in {town}"),
        "list": said("Nos formations", "Our courses"),
        "ask": said("Inscriptions", "Enrolment"),
        "ask_of": said("Inscription : {subject}", "Enrolment: {subject}"),
        "asked": said(
            "Les inscriptions à la formation « {subject} » se prennent du lundi au jeudi, salle {answer}. "
            "Apportez deux photos et une copie de votre pièce d’identité.",
            "Enrolment for the {subject} course is taken from Monday to Thursday in room {answer}. "
            "Bring two photos and a copy of your identity document.",
        ),
        "choose": said("Choisissez votre formation :", "Choose your course:"),
        "go": said("S’inscrire à cette formation", "Enrol on this course"),
        "first": said("Atelier et cours pratiques : salle {first}.", "Workshop and practical classes: room {first}."),
        "second": said("Cours théoriques : salle {second}.", "Theory classes: room {second}."),
        "lead": said("Responsable : {person}. Durée : {months} mois.", "In charge: {person}. Length: {months} months."),
        "contact": said(
            "Accueil général : salle {desk}, de 8 h à 16 h.", "Main reception: room {desk}, from 8 am to 4 pm."
        ),
        "welcome": said(
            "Le centre prépare à huit métiers. Les ateliers sont ouverts aux visites le premier samedi du mois.",
            "The centre prepares for eight trades. The workshops can be visited on the first Saturday of the month.",
        ),
        "life": said("Vie au centre", "Life at the centre"),
        "life_of": said(
            "La cantine est en salle {meal} et la bibliothèque en salle {books}.",
            "The canteen is in room {meal} and the library in room {books}.",
        ),
    },
    "clinic": {
        "motto": said("Soigner et prévenir, à {town}", "Care and prevention in {town}"),
        "list": said("Nos services", "Our departments"),
        "ask": said("Rendez-vous", "Appointments"),
        "ask_of": said("Rendez-vous : {subject}", "Appointments: {subject}"),
        "asked": said(
            "Pour prendre rendez-vous en {subject}, composez le numéro de la clinique puis le poste {answer}. "
            "Préparez votre carte de patient.",
            "For an appointment in {subject}, dial the clinic’s number and then extension {answer}. "
            "Have your patient card ready.",
        ),
        "choose": said("Choisissez le service :", "Choose the department:"),
        "go": said("Prendre rendez-vous dans ce service", "Make an appointment in this department"),
        "first": said("Résultats d’examens : poste {first}.", "Test results: extension {first}."),
        "second": said("Salle de soins : poste {second}.", "Treatment room: extension {second}."),
        "lead": said("Chef de service : {person}. {months} lits.", "Head of department: {person}. {months} beds."),
        "contact": said(
            "Standard : poste {desk}, jour et nuit.", "Switchboard: extension {desk}, day and night."
        ),
        "welcome": said(
            "La clinique réunit huit services. Les visites ont lieu de 14 h à 18 h.",
            "The clinic brings together eight departments. Visiting hours are from 2 pm to 6 pm.",
        ),
        "life": said("Infos pratiques", "Practical information"),
        "life_of": said(
            "Cafétéria : poste {meal}. Ambulances : poste {books}.",
            "Cafeteria: extension {meal}. Ambulances: extension {books}.",
        ),
    },
}  # fmt: skip


def _numbers(choice: Draw, scene: str, count: int) -> list[str]:
    if scene == "clinic":
        return [str(number) for number in choice.some(range(2101, 4990), count)]
    doors = choice.some(range(4 * 24), count)
    return [f"{'ABCD'[door // 24]}{1 + door % 24 // 12}{1 + door % 12:02}" for door in doors]


@generator("web_menu", takes=("scene",))
def draw(choice: Draw, parameters: Mapping[str, Any]) -> Drawn:
    """A site of a centre or clinic with eight courses or services; each has three rooms or extensions."""
    scene = parameters["scene"]
    word, plant = choice.one(PLANTS)
    asked = choice.below(8)
    numbers = _numbers(choice, scene, 3 * 8 + 3)
    place = {
        "name": "browser", "world": "web_menu", "home": HOSTS[scene].format(word=word), "scene": scene,
        "plant": plant, "town": choice.one(TOWNS), "plan": choice.below(2), "numbers": numbers,
        "people": people(choice, 8), "months": [choice.between(6, 18) for _ in range(8)],
    }  # fmt: skip
    title = {lang: NAMES[scene][lang].format(plant=plant[lang]) for lang in ("fr", "en")}
    facts = {"values": {"site": title, "subject": SUBJECTS[scene][asked]}, "place": place}
    answer = numbers[asked]
    told = [answer, *(f"{word} {answer}" for word in ("salle", "room", "poste", "extension", "ext."))]
    return Drawn(facts, {"accept": told, "values": {"answer": answer}})


@world("web_menu")
def site(spec: Mapping[str, Any], language: str) -> Opener:
    """The pages: welcome, list, one page for each subject, enrolment or appointments, practical life, contact."""
    host, subjects = spec["home"], SUBJECTS[spec["scene"]]
    numbers = spec["numbers"]

    def told(key: str, **values: object) -> str:
        known = {"town": spec["town"], "desk": numbers[24], "meal": numbers[25], "books": numbers[26]}
        return fill(WORDING[spec["scene"]][key][language], {**known, **values}, language)

    menu = [Link(told("list"), f"{host}/1"), Link(told("life"), f"{host}/3"), Link("Contact", f"{host}/4")]
    if spec["plan"] == 0:
        menu.insert(1, Link(told("ask"), f"{host}/2"))
    name = fill(NAMES[spec["scene"]][language], {"plant": spec["plant"]}, language)
    frame = Site(name, told("motto"), (Link(said("Accueil", "Home")[language], host), *menu))
    titles = [say(subject, language) for subject in subjects]
    pages = {
        host: Page(frame, name, (Paragraph(told("welcome")),)),
        f"{host}/1": _index(frame, told("list"), titles, f"{host}/1"),
        f"{host}/2": _index(frame, told("ask"), titles, f"{host}/2", told("choose")),
        f"{host}/3": Page(frame, told("life"), (Paragraph(told("life_of")),)),
        f"{host}/4": Page(frame, "Contact", (Paragraph(told("contact")),)),
    }
    for place, title in enumerate(titles):
        lead = told("lead", person=spec["people"][place], months=spec["months"][place])
        doors = Listing((told("first", first=numbers[8 + place]), told("second", second=numbers[16 + place])))
        link = Links((Link(told("go"), f"{host}/2/{place}"),)) if spec["plan"] else Paragraph(told("welcome"))
        pages[f"{host}/1/{place}"] = Page(frame, title.capitalize(), (Paragraph(lead), doors, link))
        asked = told("asked", subject=title, answer=numbers[place])
        pages[f"{host}/2/{place}"] = Page(frame, told("ask_of", subject=title), (Paragraph(asked),))
    return shelf(pages)


def _index(frame: Site, title: str, titles: list[str], address: str, text: str = "") -> Page:
    links = Links(tuple(Link(one.capitalize(), f"{address}/{place}") for place, one in enumerate(titles)))
    return Page(frame, title, (Paragraph(text), links) if text else (links,))
