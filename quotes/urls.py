from django.urls import path

from quotes import views

app_name = "quotes"

# A reference is caught last: 'review' and 'import' are not references.
urlpatterns = [
    path("", views.QuoteList.as_view(), name="list"),
    path("import/", views.ImportList.as_view(), name="imports"),
    path("import/<int:pk>/", views.ImportRunPage.as_view(), name="import-run"),
    path("<str:reference>/", views.QuotePage.as_view(), name="detail"),
]
