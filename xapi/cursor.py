"""A place in the JSON of a statement, read with its path at hand: what is not as promised is said with the place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

from xapi.errors import UnreadableStatement, below
from xapi.json_text import LARGEST


@dataclass(frozen=True, slots=True)
class Cursor:
    """A JSON value and where it stands; each reader raises UnreadableStatement with path and reason."""

    value: Any
    path: str = "$"

    def at(self, key: str) -> "Cursor":
        """The member of an object, which must be there."""
        found = self.find(key)
        return found if found is not None else self.fail(f"lacks {key}")

    def find(self, key: str) -> "Cursor | None":
        """The member of an object, None when it is not there (or null: an LRS may write one for the other)."""
        if not isinstance(self.value, dict):
            self.fail("is not an object")
        value = self.value.get(key)
        return (
            None if value is None else Cursor(value, f"{self.path}.{key}" if key.isalnum() else f"{self.path}['{key}']")
        )

    def items(self) -> Iterator[tuple[str, "Cursor"]]:
        """The members of an object with their names."""
        if not isinstance(self.value, dict):
            self.fail("is not an object")
        for key, value in self.value.items():
            yield key, Cursor(value, below(self.path, key))

    def each(self) -> Iterator["Cursor"]:
        """The elements of a list."""
        if not isinstance(self.value, list):
            self.fail("is not a list")
        for index, value in enumerate(self.value):
            yield Cursor(value, f"{self.path}[{index}]")

    def text(self) -> str:
        """A text."""
        return self.value if isinstance(self.value, str) else self.fail("is not a text")

    def word(self) -> str:
        """A text that says something: an id, a code, a version."""
        return self.text() if self.text().strip() else self.fail("is empty")

    def truth(self) -> bool:
        """True or false."""
        return self.value if isinstance(self.value, bool) else self.fail("is neither true nor false")

    def number(self) -> float:
        """A number; an LRS may have written 8.0 as 8."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            self.fail("is not a number")
        if abs(self.value) > LARGEST:
            self.fail("is larger than JSON numbers are exact")
        return float(self.value)

    def whole(self) -> int:
        """A whole number that is not negative; an LRS may have written 8 as 8.0."""
        number = self.number()
        return int(number) if number.is_integer() and number >= 0 else self.fail("is not a whole number")

    def uuid(self) -> UUID:
        """A UUID."""
        try:
            return UUID(self.text())
        except ValueError:
            self.fail("is not a UUID")

    def texts(self) -> dict[str, str]:
        """An object of texts, such as a language map."""
        return {key: value.text() for key, value in self.items()}

    def digits(self, count: int) -> str:
        """A text of so many lower-case hexadecimal digits."""
        text = self.text()
        if len(text) != count or not set(text) <= set("0123456789abcdef"):
            self.fail(f"is not {count} hexadecimal digits")
        return text

    def fail(self, reason: str) -> NoReturn:
        """Refuses what stands here."""
        raise UnreadableStatement(self.path, reason)
