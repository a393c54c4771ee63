from django.urls import path

from quotes.views import QuoteList, QuotePage

app_name = "quotes"

urlpatterns = [
    path("", QuoteList.as_view(), name="list"),
    path("<str:reference>/", QuotePage.as_view(), name="detail"),
]
