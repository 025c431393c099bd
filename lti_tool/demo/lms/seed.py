"""The people and courses that a new LMS begins with; all are invented."""

from lti_tool.demo.lms.records import Course, Part, Person

_TRAINEES = (
    ("samia", "Samia", "Trabelsi", "fr", "Sfax"),
    ("youssef", "Youssef", "Haddad", "fr", "Saïda"),
    ("lina", "Lina", "Khoury", "en", "Beyrouth"),
    ("omar", "Omar", "El Idrissi", "fr", "Tanger"),
    ("salma", "Salma", "Naceur", "fr", "Sousse"),
    ("karim", "Karim", "Boudiaf", "fr", "Annaba"),
    ("dina", "Dina", "Mostafa", "en", "Alexandria"),
    ("rami", "Rami", "Saadeh", "en", "Amman"),
    ("hala", "Hala", "Zreik", "en", "Nablus"),
    ("ilyas", "Ilyas", "Amrani", "fr", "Tétouan"),
    ("mariam", "Mariam", "Farouk", "en", "Port Said"),
    ("anis", "Anis", "Gharbi", "fr", "Bizerte"),
    ("zahra", "زهرة", "بن سالم", "ar-TN", "Gabès"),
    ("tariq", "طارق", "الخطيب", "ar-JO", "Irbid"),
)


def people() -> dict[str, Person]:
    """An administrator, an instructor and fourteen trainees, by id; the ids are small numbers, as Moodle's are."""
    staff = [
        Person("2", "nadia", "Nadia", "Karam", Part.ADMIN, "fr", "Marseille"),
        Person("3", "tara", "Tara", "Mansour", Part.INSTRUCTOR, "fr", "Tunis"),
    ]
    trainees = [
        Person(str(number), username, given, family, Part.TRAINEE, language, town)
        for number, (username, given, family, language, town) in enumerate(_TRAINEES, start=4)
    ]
    return {person.id: person for person in (*staff, *trainees)}


def courses() -> dict[str, Course]:
    """The course of the demonstration, and a second one with some of its people, to copy activities into."""
    trainees = tuple(str(number) for number in range(4, 4 + len(_TRAINEES)))
    first = Course("2", "CAP-NUM", "Compétences numériques – CAP / Digital skills", ("3", *trainees))
    second = Course("3", "CAP-ACC", "Accueil – CAP / Front desk", ("3", *trainees[:4]))
    return {course.id: course for course in (first, second)}
