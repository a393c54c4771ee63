from django.urls import path

from quotes import views

app_name = "quotes"

# A reference is caught last: 'returns', 'review' and 'import' are not references.
urlpatterns = [
    path("", views.QuoteList.as_view(), name="list"),
    path("returns/", views.ReturnsPage.as_view(), name="returns"),
    path("review/", views.ReviewQueue.as_view(), name="review"),
    path("review/<str:code>/<int:page>/", views.ReviewDesk.as_view(), name="desk"),
    path("source/<int:pk>/<int:sheet>.png", views.SheetPicture.as_view(), name="sheet"),
    path("import/", views.ImportList.as_view(), name="imports"),
    path("import/<int:pk>/", views.ImportRunPage.as_view(), name="import-run"),
    path("<str:reference>/", views.QuotePage.as_view(), name="detail"),
]
