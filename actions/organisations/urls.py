from django.contrib.auth.views import LogoutView
from django.urls import include, path

from actions.organisations.views import DemoSignIn, OrganisationPage, SignIn, Welcome

pages = [path("organisations/<int:pk>/", OrganisationPage.as_view(), name="organisation")]

# Without a namespace: Django itself knows these pages by the names `login` and `logout`.
urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="login"),
    path("sign-in/example/", DemoSignIn.as_view(), name="demo-login"),
    path("welcome/<uidb64>/<token>/", Welcome.as_view(), name="welcome"),
    path("sign-out/", LogoutView.as_view(), name="logout"),
    path("", include((pages, "organisations"))),
]
