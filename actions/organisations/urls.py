from django.contrib.auth.views import LogoutView
from django.urls import path

from actions.organisations.views import DemoSignIn, SignIn

# Without a namespace: Django itself knows these pages by the names `login` and `logout`.
urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="login"),
    path("sign-in/example/", DemoSignIn.as_view(), name="demo-login"),
    path("sign-out/", LogoutView.as_view(), name="logout"),
]
