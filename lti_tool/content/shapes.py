"""The shape of the bank's files: what may be written where. Unknown keys are refused."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Language = Literal["fr", "en", "ar"]
Said = Annotated[str, Field(min_length=1, max_length=4000)]
LANGUAGES = ("fr", "en", "ar")


def _languages_only(said: dict[str, str]) -> dict[str, str]:
    if strange := [language for language in said if language not in LANGUAGES]:
        msg = f"{strange[0]} is none of the languages {', '.join(LANGUAGES)}"
        raise ValueError(msg)
    return said


ByLanguage = Annotated[dict[str, Said], Field(min_length=1), AfterValidator(_languages_only)]
Text = Said | ByLanguage
Treatment = Literal["case", "accents", "spaces", "punctuation"]
Format = Literal["text", "number", "date", "time", "select"]


class Shape(BaseModel):
    """What all shapes share: no field beyond those named, no value bent to fit."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TextsShape(Shape):
    """What a challenge says in one language."""

    status: Literal["draft", "reviewed", "live"]
    instruction: Annotated[str, Field(min_length=1, max_length=2000)]
    why: Annotated[str, Field(min_length=1, max_length=2000)]
    sentence: Annotated[str, Field(max_length=2000)] = ""
    labels: dict[Name, Said] = {}
    hints: dict[Name, Said] = {}
    units: dict[Name, Said] = {}
    alt: dict[Name, Said] = {}


class ProposalsShape(Shape):
    """Right and wrong proposals from which the seed draws."""

    right: list[Text] = []
    wrong: list[Text] = []


class TakeShape(Shape):
    """How many proposals are drawn in all, and from how few to how many right ones."""

    total: Annotated[int, Field(ge=2, le=12)]
    right: Annotated[list[int], Field(min_length=2, max_length=2)] = [1, 1]


class AnswerShape(Shape):
    """How one input is read, and, where no generator draws it, what is right."""

    format: Format | None = None
    near: bool = False
    strict: list[Treatment] = []
    units: list[Said] = []
    accept: list[Said] | dict[Language, list[Said]] | None = None
    value: int | float | None = None
    tolerance: Annotated[int | float, Field(ge=0)] | None = None
    date: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None
    time: Annotated[str, Field(pattern=r"^\d\d:\d\d$")] | None = None
    right: Text | None = None
    wrong: Annotated[list[Text], Field(min_length=1, max_length=11)] | None = None


class FieldShape(AnswerShape):
    """An answer with a name, for the kinds fields and select."""

    name: Name


class VariantShape(Shape):
    """What replaces the common keys when this variant is drawn; `answers` is by input name."""

    values: dict[Name, Any] = {}
    shown: list[dict[str, Any]] | None = None
    proposals: ProposalsShape | None = None
    answers: dict[Name, AnswerShape] | None = None


class ChallengeShape(Shape):
    """A challenge in a topic file."""

    id: Slug
    kind: str
    texts: dict[Language, TextsShape]
    generator: Name | None = None
    parameters: dict[Name, Any] = {}
    options: Annotated[int, Field(ge=0, le=16)] | None = None
    device: Literal["any", "computer"] = "any"
    pool: Literal["open", "sealed"] = "open"
    fields: list[FieldShape] = []
    answer: AnswerShape | None = None
    proposals: ProposalsShape | None = None
    take: TakeShape | None = None
    values: dict[Name, Any] = {}
    shown: list[dict[str, Any]] = []
    variants: list[VariantShape] = []


class SkillShape(Shape):
    """A skill in a topic file."""

    level: Annotated[int, Field(ge=1, le=8)]
    can: ByLanguage
    tip: ByLanguage
    challenges: Annotated[list[ChallengeShape], Field(min_length=1)]


class TopicShape(Shape):
    """A topic file."""

    topic: Annotated[str, Field(pattern=r"^\d\.\d\.[a-z0-9-]+$")]
    titles: ByLanguage
    skills: Annotated[list[SkillShape], Field(min_length=1)]


class AreaShape(Shape):
    """An area of the framework file."""

    code: Annotated[str, Field(pattern=r"^\d$")]
    titles: ByLanguage


class CompetenceShape(Shape):
    """A competence of the framework file."""

    code: Annotated[str, Field(pattern=r"^\d\.\d$")]
    area: Annotated[str, Field(pattern=r"^\d$")]
    titles: ByLanguage
    digcomp: list[str]


class FrameworkShape(Shape):
    """`framework.yaml`: the version of the bank, its declared languages, areas and competences."""

    framework: str
    version: Annotated[str, Field(pattern=r"^[0-9]{4}\.[0-9]{2}$")]
    languages: Annotated[list[Language], Field(min_length=1)]
    areas: Annotated[list[AreaShape], Field(min_length=1)]
    competences: Annotated[list[CompetenceShape], Field(min_length=1)]
