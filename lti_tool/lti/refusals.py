"""Refusals that carry a status of their own."""

from lti_tool.errors import LaunchRefused, PixError, Unreachable


class LaunchForbidden(LaunchRefused):
    """The message is genuine, and this deployment or person may not enter with it."""

    status = 403


class RegistrationRefused(PixError):
    """An invitation or a platform's configuration that cannot be used; nothing was registered."""

    code = "registration_refused"


class ServiceRefused(Unreachable):
    """A service of the platform answered, and not with what was asked; `values` holds status and words."""

    code = "service_refused"


class TokenRefused(ServiceRefused):
    """The platform gave no access token for our client assertion."""

    code = "token_refused"
