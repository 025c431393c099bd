"""What can be wrong with a statement, said with the place and the reason."""


def below(path: str, key: str) -> str:
    """The path of an object's member: `$.result`, or `$['…']` where the name is an IRI."""
    return f"{path}.{key}" if key.isidentifier() else f"{path}['{key}']"


class StatementError(Exception):
    """A statement that is not as it should be: `path` is the place (`$.result.score`), `reason` the sentence."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class InvalidStatement(StatementError):
    """A statement that we must not send: it breaks the specification or a stricter rule of ours."""


class UnreadableStatement(StatementError):
    """A statement, met in an LRS, that does not carry the facts its verb promises."""
