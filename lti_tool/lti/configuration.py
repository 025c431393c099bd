"""What a platform says of itself before a registration (LTI Dynamic Registration 1.0 §3.4)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from lti_tool.errors import Unreachable
from lti_tool.lti import vocabulary as lti
from lti_tool.lti.reading import LONGEST_ID, identifier, origin, record, shown_text, texts, web_address
from lti_tool.lti.refusals import RegistrationRefused
from lti_tool.models import RegistrationInvitation
from lti_tool.outbound import Answer, Outbound

_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri", "registration_endpoint")


@dataclass(frozen=True, slots=True)
class PlatformConfiguration:
    """A platform's issuer and addresses, checked; `product_family` such as `moodle`."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    registration_endpoint: str
    product_family: str | None
    scopes_supported: tuple[str, ...]

    @property
    def host(self) -> str:
        """The issuer's host, with its port when it is not the usual one."""
        return host_of(self.issuer)

    @property
    def other_hosts(self) -> tuple[str, ...]:
        """Hosts of endpoints that are not the issuer's: to be shown before anything is posted (Canvas has some)."""
        addresses = (self.authorization_endpoint, self.token_endpoint, self.jwks_uri, self.registration_endpoint)
        return tuple(sorted({host_of(address) for address in addresses} - {self.host}))


def fetch_configuration(
    outbound: Outbound,
    openid_configuration_url: str,
    registration_token: str | None,
    invitation: RegistrationInvitation,
    *,
    allow_private: bool,
) -> PlatformConfiguration:
    """Fetches and checks a configuration; RegistrationRefused when it cannot be used, Unreachable when none comes.

    The registration token goes along, for Canvas asks for it here; `allow_private` allows plain http as well.
    """
    address = web_address(openid_configuration_url, plain_http=allow_private)
    if address is None:
        raise RegistrationRefused("registration.unusable_configuration", field="openid_configuration")
    host = host_of(address)
    if invitation.issuer_host not in {None, host, urlsplit(address).hostname}:
        raise RegistrationRefused("registration.other_host", host=host, invited=invitation.issuer_host)
    headers = {"Accept": "application/json"} | bearer(registration_token)
    try:
        answer = outbound.send("GET", address, headers=headers)
    except Unreachable as error:
        raise Unreachable("registration.configuration_unreachable", host=host) from error
    if answer.status != 200:
        raise Unreachable("registration.configuration_unreachable", host=host)
    configuration = _read(read_object(answer), allow_private=allow_private)
    if configuration.host != host:  # else anybody could register anybody's LMS
        raise RegistrationRefused("registration.issuer_elsewhere", host=host, issuer=configuration.issuer)
    return configuration


def bearer(token: str | None) -> dict[str, str]:
    """The Authorization header of a registration token, none for none; RegistrationRefused for an unusable one."""
    if not token:
        return {}
    if identifier(token, 8000) is None or not token.isascii():
        raise RegistrationRefused("registration.unusable_configuration", field="registration_token")
    return {"Authorization": f"Bearer {token}"}


def read_object(answer: Answer) -> Mapping[str, Any]:
    """The JSON object of an answer; RegistrationRefused when it is none."""
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise RegistrationRefused("registration.answer_unreadable") from error
    if not isinstance(said, dict):
        raise RegistrationRefused("registration.answer_unreadable")
    return said


def host_of(address: str) -> str:
    """`lms.example` or `lms.example:8443` of an address."""
    return (origin(address) or "").partition("://")[2]


def _read(said: Mapping[str, Any], *, allow_private: bool) -> PlatformConfiguration:
    found = {name: web_address(said.get(name), plain_http=allow_private) for name in ("issuer", *_ENDPOINTS)}
    for name, address in found.items():
        if address is None or (name == "issuer" and len(address) > LONGEST_ID):
            raise RegistrationRefused("registration.unusable_configuration", field=name)
    usable = {name: address for name, address in found.items() if address is not None}
    platform = record(said.get(lti.PLATFORM_CONFIGURATION))
    return PlatformConfiguration(
        **usable,
        product_family=shown_text(platform.get("product_family_code")),
        scopes_supported=texts(said.get("scopes_supported")),
    )
