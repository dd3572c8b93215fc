"""Addresses of cases: lists, processes, one case and what is done with it."""

from __future__ import annotations

from django.urls import path

from luming_portal.cases.views import acting, casefile, listing, opening, publicity, tasks

app_name = "cases"
urlpatterns = [
    path("cases/", listing.case_list, name="list"),
    path("cases/processes/", listing.process_list, name="processes"),
    path("cases/processes/<slug:key>/", listing.process_page, name="process"),
    path("cases/new/<slug:key>/", opening.case_new, name="new"),
    path("cases/files/<str:name>/", casefile.case_file, name="file"),
    path("cases/<int:pk>/", casefile.case_page, name="case"),
    path("cases/<int:pk>/step/<slug:key>/", acting.case_step, name="step"),
    path("cases/<int:pk>/opinion/<slug:key>/", acting.case_opinion, name="opinion"),
    path("cases/<int:pk>/withdraw/", acting.case_withdraw, name="withdraw"),
    path("cases/<int:pk>/appeal/", acting.case_appeal, name="appeal"),
    path("cases/<int:pk>/objections/<int:number>/", acting.case_settle, name="settle"),
    path("cases/<int:pk>/assign/", acting.case_assign, name="assign"),
    path("cases/tasks/", tasks.task_list, name="tasks"),
    path("cases/tasks/<int:pk>/finish/", tasks.task_finish, name="finish"),
    path("tray/", listing.tray, name="tray"),
    path("publicity/", publicity.publicity_list, name="publicity"),
    path("publicity/<int:pk>/", publicity.publicity_page, name="publicised"),
]
