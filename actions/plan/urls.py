from django.urls import path

from actions.plan.views import answers, commitments, interventions

app_name = "plan"

urlpatterns = [
    path("interventions/", interventions.InterventionList.as_view(), name="interventions"),
    path("interventions/new/", interventions.InterventionNew.as_view(), name="intervention-new"),
    path(
        "interventions/<str:code>/", interventions.InterventionPage.as_view(), name="intervention"
    ),
    path(
        "interventions/<str:code>/edit/",
        interventions.InterventionEdit.as_view(),
        name="intervention-edit",
    ),
    path("commitments/", commitments.CommitmentList.as_view(), name="commitments"),
    path("commitments/new/", commitments.CommitmentNew.as_view(), name="commitment-new"),
    path("commitments/<str:number>/", commitments.CommitmentPage.as_view(), name="commitment"),
    path(
        "commitments/<str:number>/edit/",
        commitments.CommitmentEdit.as_view(),
        name="commitment-edit",
    ),
    path(
        "commitments/<str:number>/close/",
        commitments.CommitmentClose.as_view(),
        name="commitment-close",
    ),
    path("coverage/link/<str:reference>/", answers.LinkPage.as_view(), name="link"),
    path("coverage/link/<str:reference>/judge/", answers.JudgeAnswer.as_view(), name="verdict"),
    path("coverage/link/<str:reference>/remove/<int:pk>/", answers.Unlink.as_view(), name="unlink"),
    path(
        "coverage/link/<str:reference>/restore/<int:history>/",
        answers.Relink.as_view(),
        name="relink",
    ),
    path("coverage/set-aside/<str:reference>/", answers.SetAsidePage.as_view(), name="set-aside"),
    path(
        "coverage/set-aside/<str:reference>/confirm/",
        answers.ConfirmDisposition.as_view(),
        name="confirm-disposition",
    ),
    path(
        "coverage/set-aside/<str:reference>/withdraw/",
        answers.WithdrawDisposition.as_view(),
        name="withdraw-disposition",
    ),
]
