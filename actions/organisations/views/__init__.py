"""Pages about people and organisations."""

from actions.organisations.views.organisation import OrganisationPage
from actions.organisations.views.sign_in import DemoSignIn, SignIn
from actions.organisations.views.welcome import Welcome

__all__ = ["DemoSignIn", "OrganisationPage", "SignIn", "Welcome"]
