"""Short texts of four genres, each with the mark by which it is known, in two settings: `health` and `building`.

News tells a fact and is signed by a journalist; an opinion argues and says so; an advertisement dressed as an article
carries a mention of who paid; a press release is sent by the house itself, with a contact for the press.
"""

from lti_tool.content.material.web_words import said

GENRES = {
    "news": said("Information (article de presse)", "News (press article)"),
    "opinion": said("Opinion", "Opinion"),
    "paid": said("Publicité présentée comme un article", "Advertisement dressed as an article"),
    "release": said("Communiqué de presse", "Press release"),
}
TEXTS = {
    "health": {
        "news": (
            said("À {town}, la clinique {house} a ouvert lundi un service de radiologie. Il emploie douze personnes, d’après le registre de la préfecture. {person}, rédaction locale.",
                 "The {house} clinic in {town} opened a radiology department on Monday. It employs twelve people, according to the prefecture’s register. {person}, local newsroom."),
            said("Quarante élèves aides-soignants ont reçu leur diplôme mardi à {town}. Deux sur trois ont déjà un poste, indique l’école. Reportage de {person}.",
                 "Forty nursing assistants received their diplomas in {town} on Tuesday. Two out of three already have a post, the school says. Report by {person}."),
            said("À {town}, le centre de dons manque de sang du groupe O, ont constaté nos journalistes jeudi. Il reste trois jours de réserve. {person}, service Santé.",
                 "The {town} donation centre is short of group O blood, our reporters found on Thursday. Three days of stock are left. {person}, Health desk."),
        ),
        "opinion": (
            said("Il est temps, à mon avis, d’ouvrir les dispensaires le dimanche. Attendre le lundi n’a plus de sens. Tribune de {person}, infirmier à {town}.",
                 "It is high time, in my view, to open health centres on Sundays. Waiting for Monday no longer makes sense. Column by {person}, nurse in {town}."),
            said("Je regrette que la cantine de l’hôpital supprime les repas chauds. On ne soigne pas bien le ventre vide. {person}, courrier des lecteurs.",
                 "I am sorry that the hospital canteen is dropping hot meals. No one gives good care on an empty stomach. {person}, readers’ letters."),
            said("La prévention devrait passer avant tout le reste. Notre journal le pense et le redira. L’éditorial de {person}.",
                 "Prevention should come before everything else. This paper thinks so and will say it again. Editorial by {person}."),
        ),
        "paid": (
            said("Dormir enfin ! À {town}, cinq habitants ont essayé l’oreiller {house} et n’en veulent plus d’autre. À essayer dès demain en magasin. Contenu proposé par {house}.",
                 "Sleep at last! Five people from {town} tried the {house} pillow and want no other. Try it in shops tomorrow. Content offered by {house}."),
            said("Mal au dos ? Le fauteuil {house} a changé les journées de nos trois témoins. Offre de lancement jusqu’à dimanche. En partenariat rémunéré avec {house}.",
                 "Back pain? The {house} armchair changed the days of our three witnesses. Launch offer until Sunday. In paid partnership with {house}."),
            said("Les secrets d’une peau douce, par les experts {house} : leur savon à l’huile d’olive fait merveille. Article sponsorisé.",
                 "The secrets of soft skin, by the experts at {house}: their olive oil soap works wonders. Sponsored article."),
        ),
        "release": (
            said("{town}, le 14 mai. La clinique {house} est heureuse d’annoncer l’ouverture de sa maternité. Contact presse : {person}, service communication de la clinique {house}.",
                 "{town}, 14 May. The {house} clinic is pleased to announce the opening of its maternity ward. Press contact: {person}, communications department of the {house} clinic."),
            said("Pour diffusion immédiate. Le laboratoire {house} renforce ses équipes et recrutera trente personnes cette année. Journalistes : écrire à {person}, laboratoire {house}.",
                 "For immediate release. The {house} laboratory is strengthening its teams and will hire thirty people this year. Journalists: write to {person}, {house} laboratory."),
            said("L’association {house} présentera à la presse son camion de dépistage le 20 mars à {town}. Dossier et photos auprès de {person}, relations presse, {house}.",
                 "The {house} association will show the press its screening van in {town} on 20 March. File and photos from {person}, press officer of {house}."),
        ),
    },
    "building": {
        "news": (
            said("À {town}, le pont sera fermé trois nuits pour réparation, a annoncé la mairie. Un détour de six kilomètres est prévu. {person}, rédaction locale.",
                 "The {town} bridge will be closed for three nights for repairs, the town hall has announced. A six-kilometre detour is planned. {person}, local newsroom."),
            said("Le prix du ciment a monté de 8 % en un an à {town}, selon l’office des statistiques. Les artisans interrogés parlent de chantiers reportés. Enquête de {person}.",
                 "The price of cement rose by 8% in a year in {town}, says the statistics office. Builders we asked speak of delayed works. Inquiry by {person}."),
            said("Un atelier de menuiserie a brûlé samedi à {town}, sans faire de blessé. La cause n’est pas connue, disent les pompiers. {person}, service des faits divers.",
                 "A carpentry workshop burned down in {town} on Saturday; no one was hurt. The cause is unknown, firefighters say. {person}, local news desk."),
        ),
        "opinion": (
            said("À mes yeux, un apprenti devrait toucher une prime dès le premier mois. Le travail bien fait se paie. Point de vue de {person}, peintre à {town}.",
                 "To my mind an apprentice should be given a bonus from the first month. Good work deserves pay. Viewpoint by {person}, painter in {town}."),
            said("Je crois que nous avons tort d’abandonner la brique de terre. Elle garde la fraîcheur et vient d’ici. {person}, courrier des lecteurs.",
                 "I believe we are wrong to give up earth bricks. They keep homes cool and come from here. {person}, readers’ letters."),
            said("Assez de façades sans arbres ! Notre ville mérite de l’ombre, et il faut l’exiger. La chronique de {person}.",
                 "Enough of streets without trees! Our town deserves shade, and we must demand it. {person}’s column."),
        ),
        "paid": (
            said("Sa terrasse a été refaite en deux jours : Salma, qui habite {town}, raconte. Elle a choisi les dalles {house}, et ses voisins l’imitent. Publi-rédactionnel.",
                 "Her terrace was redone in two days: Salma, who lives in {town}, tells her story. She chose {house} slabs, and her neighbours follow. Advertorial."),
            said("Sept raisons d’adopter la peinture {house} avant l’été. La première va vous plaire : elle sèche en une heure. Contenu réalisé pour {house}.",
                 "Seven reasons to take up {house} paint before summer. You will like the first: it dries in an hour. Content produced for {house}."),
            said("Visite d’une maison fraîche sans climatisation, grâce aux volets {house}. Devis gratuit ce mois-ci. Communication commerciale.",
                 "A visit to a house kept cool without air conditioning, thanks to {house} shutters. Free quote this month. Commercial communication."),
        ),
        "release": (
            said("{town}, le 3 avril. L’entreprise {house} inaugure son nouvel entrepôt, qui créera vingt emplois. Contact presse : {person}, entreprise {house}.",
                 "{town}, 3 April. The {house} company opens its new warehouse, which will create twenty jobs. Press contact: {person}, {house} company."),
            said("Sous embargo jusqu’au 12 juin, 8 h. {house} publie ses résultats et remercie ses clients. Demandes d’interview : {person}, porte-parole, {house}.",
                 "Under embargo until 12 June, 8 am. {house} publishes its results and thanks its customers. Requests for interviews: {person}, spokesperson, {house}."),
            said("La coopérative {house} lance un prix du meilleur apprenti maçon. Les journalistes sont invités à la remise. Renseignements pour la presse : {person}, {house}.",
                 "The {house} cooperative launches a prize for the best apprentice mason. Journalists are invited to the ceremony. Information for the press: {person}, {house}."),
        ),
    },
}  # fmt: skip
