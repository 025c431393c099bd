"""For the administrator of an LMS: dynamic registration, confirmed by a person before anything is posted."""

from flask import Blueprint, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from lti_tool import clock
from lti_tool.lti.platforms import show_platform
from lti_tool.lti.registration import (
    PlatformConfiguration,
    ToolDescription,
    fetch_configuration,
    find_invitation,
    register,
)
from lti_tool.views.guards import Audience, open_to
from lti_tool.views.parts import db, parts

registration = Blueprint("registration", __name__, url_prefix="/lti")


@registration.get("/register")
@open_to(Audience.ANYONE)
def confirm() -> str:
    """Shows what will be asked for and why (LTI Dynamic Registration 1.0 §3.3); posts nothing yet."""
    asked = request.args
    configuration = _configuration(asked.get("invitation", ""), asked.get("openid_configuration", ""),
                                   asked.get("registration_token"))  # fmt: skip
    invitation = find_invitation(db(), asked.get("invitation", ""), clock.now())
    return render_template(
        "registration/confirm.html", asked=asked, configuration=configuration, institution=invitation.institution.name
    )


@registration.post("/register")
@open_to(Audience.ANYONE, writes=False)  # `register` writes in transactions of its own, none while it asks
def confirmed() -> str:
    """Registers the tool and shows the outcome; the invitation is the proof that whoever asks may."""
    form, settings = request.form, parts().settings
    token = form.get("registration_token") or None
    configuration = _configuration(form.get("invitation", ""), form.get("openid_configuration", ""), token)
    tool = ToolDescription(
        settings.public_url, settings.product_name,
        settings.public_url + url_for("static", filename="icon.png"),
    )  # fmt: skip
    platform = register(
        parts().database, parts().outbound, form.get("invitation", ""), configuration, token, tool, clock.now()
    )
    sheet = show_platform(db(), platform.name)
    return render_template("registration/done.html", platform=sheet, deployed=bool(sheet.deployments))


def _configuration(invitation_token: str, address: str, registration_token: str | None) -> PlatformConfiguration:
    """The platform's configuration, fetched anew for each of the two pages: a form's fields are not believed."""
    if len(address) > 2000 or len(registration_token or "") > 8000:
        raise BadRequest
    with parts().database.reading() as session:  # no lock is held while the platform is asked
        invitation = find_invitation(session, invitation_token, clock.now())
    return fetch_configuration(
        parts().outbound, address, registration_token, invitation,
        allow_private=parts().settings.allow_private_hosts,
    )  # fmt: skip
