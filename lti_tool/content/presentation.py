"""What a question shows, as values that a template can switch on by their `kind`."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal to choose: an opaque id and its text."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class TextInput:
    """A box for a text, a date or a time (`format`)."""

    name: str
    label: str
    hint: str
    format: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class NumberInput:
    """A box for a number; `unit` is shown behind it."""

    name: str
    label: str
    unit: str
    hint: str
    kind: str = "number"


@dataclass(frozen=True, slots=True)
class SelectInput:
    """A list from which one proposal is chosen."""

    name: str
    label: str
    options: tuple[Proposal, ...]
    hint: str = ""
    kind: str = "select"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text."""

    text: str
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption, a row of headings and rows of cells."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Code:
    """Text whose every sign counts; `label` says what it is."""

    text: str
    label: str
    kind: str = "code"


@dataclass(frozen=True, slots=True)
class Listing:
    """A plain list."""

    items: tuple[str, ...]
    kind: str = "listing"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture rendered under `name`, with its alternative text."""

    name: str
    alt: str
    kind: str = "picture"


@dataclass(frozen=True, slots=True)
class AddressBar:
    """A web address as a browser shows it; never a link."""

    text: str
    kind: str = "address"


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download, rendered under `name`."""

    name: str
    file_name: str
    media_type: str
    label: str


@dataclass(frozen=True, slots=True)
class Place:
    """A simulated place to look into; `start` is the path of its first page."""

    name: str
    title: str
    start: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence with gaps: the text, then the input of that name (empty at the end)."""

    text: str
    gap: str


Input: TypeAlias = Proposal | TextInput | NumberInput | SelectInput
Block: TypeAlias = Paragraph | Table | Code | Listing | Picture | AddressBar


@dataclass(frozen=True, slots=True)
class Presentation:
    """A question in one language. Paragraphs of the instruction are parted by blank lines; nothing here is HTML.

    Form fields: `choice` for single and multiple (the value is the proposal's id), else each input's own name
    (`answer` for text and number). `sentence` holds the pieces of a sentence with gaps, or nothing.
    """

    language: str
    instruction: str
    kind: str
    inputs: tuple[Input, ...]
    shown: tuple[Block, ...]
    downloads: tuple[Download, ...]
    place: Place | None
    device_note: str
    sentence: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """What an answer is worth: right only when every part is."""

    right: bool
    parts: dict[str, bool]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is told after an answer: the right one, why, and the tip of the skill."""

    right_answer: str
    why: str
    tip: str


@dataclass(frozen=True, slots=True)
class Interaction:
    """The xAPI interaction of a challenge (xAPI 1.0.3 Data §4.1.4.1): no truth in it."""

    type: str
    components: dict[str, list[tuple[str, dict[str, str]]]]
    description: dict[str, str]


@dataclass(frozen=True, slots=True)
class Material:
    """A rendered file."""

    bytes: bytes
    media_type: str
    file_name: str


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A page of a simulated place: a template under `templates/` and its values."""

    template: str
    title: str
    values: dict[str, object]
    status: int = 200
