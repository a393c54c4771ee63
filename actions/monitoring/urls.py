from django.conf import settings
from django.urls import path

from actions.monitoring.views.answer import AnswerPage
from actions.monitoring.views.board import RoundBoard
from actions.monitoring.views.extend import ExtendPage
from actions.monitoring.views.inbox import Inbox
from actions.monitoring.views.mailbox import Mailbox, MailHtml, MailPage
from actions.monitoring.views.organisations import OrganisationList
from actions.monitoring.views.review import ReviewQueue
from actions.monitoring.views.rounds import RoundClose, RoundList, RoundNew, RoundOpen
from actions.monitoring.views.update import UpdatePage

app_name = "monitoring"

urlpatterns = [
    path("rounds/", RoundList.as_view(), name="rounds"),
    path("rounds/new/", RoundNew.as_view(), name="round-new"),
    path("rounds/<int:pk>/", RoundBoard.as_view(), name="round"),
    path("rounds/<int:pk>/open/", RoundOpen.as_view(), name="round-open"),
    path("rounds/<int:pk>/close/", RoundClose.as_view(), name="round-close"),
    path("review/", ReviewQueue.as_view(), name="review"),
    path("organisations/", OrganisationList.as_view(), name="organisations"),
    path("inbox/", Inbox.as_view(), name="inbox"),
    path("requests/<int:pk>/", AnswerPage.as_view(), name="answer"),
    path("requests/<int:pk>/extend/", ExtendPage.as_view(), name="extend"),
    path("updates/<int:pk>/", UpdatePage.as_view(), name="update"),
]

if settings.SPOOR_EMBEDDED:
    urlpatterns += [
        path("mailbox/", Mailbox.as_view(), name="mailbox"),
        path("mailbox/<int:pk>/", MailPage.as_view(), name="mailbox-mail"),
        path("mailbox/<int:pk>/html/", MailHtml.as_view(), name="mailbox-html"),
    ]
