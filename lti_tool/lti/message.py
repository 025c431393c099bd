"""A verified launch as a value: what the platform said, typed and bounded, free of its JSON's shape."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self
from uuid import UUID

from lti_tool.models.people import Role


@dataclass(frozen=True, slots=True)
class DeepLinking:
    """How the platform wants the chosen items back (Deep Linking 2.0 §4.4.1); None where it did not say.

    `data` is opaque and goes back exactly as it came, and only when it came.
    """

    return_url: str
    data: str | None
    accept_multiple: bool
    accept_line_item: bool | None
    accept_types: tuple[str, ...]
    targets: tuple[str, ...]
    title: str | None


@dataclass(frozen=True, slots=True)
class Launch:
    """One message that may come in; `deployment_id`, `platform_id` and `institution_id` are keys of our own rows.

    `role` is what `roles` make the person in this course: None may neither take nor author a test (a mentor).
    """

    deployment_id: UUID
    platform_id: UUID
    institution_id: UUID
    message_type: str
    subject: str
    name: str | None
    given_name: str | None
    roles: frozenset[str]
    role: Role | None
    locale: str | None
    context_id: str | None
    context_label: str | None
    context_title: str | None
    resource_link_id: str | None
    resource_link_title: str | None
    custom: Mapping[str, str]
    line_item_url: str | None
    line_items_url: str | None
    ags_scopes: frozenset[str]
    memberships_url: str | None
    deep_linking: DeepLinking | None
    return_url: str | None
    document_target: str | None
    platform_name: str
    target_link_uri: str

    def to_json(self) -> dict[str, Any]:
        """JSON that `from_json` reads back into an equal launch."""
        written = asdict(self)
        for field in ("deployment_id", "platform_id", "institution_id"):
            written[field] = str(written[field])
        for field in ("roles", "ags_scopes"):
            written[field] = sorted(written[field])
        written["role"] = self.role.value if self.role else None
        if written["deep_linking"] is not None:
            for field in ("accept_types", "targets"):
                written["deep_linking"][field] = list(written["deep_linking"][field])
        return written

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> Self:
        """The launch that `to_json` wrote."""
        read = dict(written)
        for field in ("deployment_id", "platform_id", "institution_id"):
            read[field] = UUID(read[field])
        for field in ("roles", "ags_scopes"):
            read[field] = frozenset(read[field])
        read["role"] = Role(read["role"]) if read["role"] is not None else None
        if read["deep_linking"] is not None:
            settings = dict(read["deep_linking"])
            for field in ("accept_types", "targets"):
                settings[field] = tuple(settings[field])
            read["deep_linking"] = DeepLinking(**settings)
        return cls(**read)
