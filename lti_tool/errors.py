"""The one family of errors that people may see.

Each carries a stable code, an HTTP status and the key of a message in the catalogues; it is raised at the guard and
caught in `views/errors.py`, `delivery` and `cli` only.
"""


class PixError(Exception):
    """What went wrong, for a person: `key` names the message, `values` fill its placeholders."""

    status = 400
    code = "error"

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in sorted(self.values.items()))
        return f"{self.code}: {self.key}" + (f" ({shown})" if shown else "")


class BadInput(PixError):
    """What was sent cannot be read; nothing was changed."""

    code = "bad_input"


class TooLarge(PixError):
    """What was sent is longer than is read; nothing was changed."""

    status = 413
    code = "too_large"


class LaunchRefused(PixError):
    """A login or launch that must not come in; nothing was stored."""

    code = "launch_refused"


class SignInNeeded(PixError):
    """No session, or one that has ended: the person must open the activity from the course again."""

    status = 401
    code = "sign_in_needed"


class NotAllowed(PixError):
    """The person is known and may not do this."""

    status = 403
    code = "not_allowed"


class NotFound(PixError):
    """Nothing here under that name, or nothing that this person may know of."""

    status = 404
    code = "not_found"


class Stale(PixError):
    """It was true of an earlier state: the question is answered, the attempt is over."""

    status = 409
    code = "stale"


class Unreachable(PixError):
    """Another server did not answer, or not in a way that can be used."""

    status = 502
    code = "unreachable"


class Misconfigured(PixError):
    """A setting, key, bank or database is missing or wrong; the sentence names it."""

    status = 500
    code = "misconfigured"
