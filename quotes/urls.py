from django.urls import path

from quotes import views

app_name = "quotes"

# A reference is caught last: 'returns', 'review' and 'import' are not references.
urlpatterns = [
    path("", views.QuoteList.as_view(), name="list"),
    path("returns/", views.ReturnsPage.as_view(), name="returns"),
    path("<str:reference>/", views.QuotePage.as_view(), name="detail"),
]
