from django.urls import path

from actions.indicators.views import IndicatorList, IndicatorPage, Measure

app_name = "indicators"

urlpatterns = [
    path("", IndicatorList.as_view(), name="list"),
    path("<str:code>/", IndicatorPage.as_view(), name="indicator"),
    path("<str:code>/measure/", Measure.as_view(), name="measure"),
]
