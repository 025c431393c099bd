"""What this LMS says no with: a page for people, JSON for services."""


class Refused(Exception):
    """A page that says no; `key` names the sentence in the demo's texts."""

    def __init__(self, status: int, key: str, **values: object) -> None:
        super().__init__(key)
        self.status, self.key, self.values = status, key, values


class ServiceRefused(Exception):
    """A service call that is refused before its own code saw it, answered as Moodle does: status, reason, request."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


class OAuthRefused(Exception):
    """A token or registration request that is refused (RFC 6749 §5.2, RFC 7591 §3.2.2)."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(description)
        self.status, self.error, self.description = status, error, description
