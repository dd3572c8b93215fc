"""Addresses of support: items and their documents, the calculator, a firm's lists, the lane without application, figures."""

from __future__ import annotations

from django.urls import path

from luming_portal.support.views import automatic, calculator, figures, firm, items, texts

app_name = "support"
urlpatterns = [
    path("", items.item_list, name="items"),
    path("calculator/", calculator.calculator, name="calculator"),
    path("figures/", figures.figures_page, name="figures"),
    path("mine/", firm.mine, name="mine"),
    path("firms/<int:pk>/", firm.firm_page, name="firm"),
    path("firms/<int:pk>/open/<slug:key>/", firm.open_item, name="open"),
    path("automatic/", automatic.run_list, name="automatic"),
    path("automatic/new/", automatic.run_create, name="automatic_create"),
    path("automatic/<int:pk>/", automatic.run_page, name="automatic_run"),
    path("automatic/<int:pk>/export/", automatic.run_export, name="automatic_export"),
    path("automatic/<int:pk>/stop/", automatic.run_stop, name="automatic_stop"),
    path("automatic/<int:pk>/confirm/", automatic.run_confirm, name="automatic_confirm"),
    path("automatic/<int:pk>/off/<int:firm>/", automatic.take_off, name="automatic_off"),
    path("texts/<int:pk>/file/", texts.text_file, name="text_file"),
    path("texts/<int:pk>/withdraw/", texts.text_withdraw, name="text_withdraw"),
    path("amounts/<int:pk>/withdraw/", texts.amount_withdraw, name="amount_withdraw"),
    path("items/<slug:key>/", items.item_page, name="item"),
    path("items/<slug:key>/guide/", items.guide, name="guide"),
    path("items/<slug:key>/manual/", items.manual, name="manual"),
    path("items/<slug:key>/text/", texts.text_attach, name="text_attach"),
    path("items/<slug:key>/amount/", texts.amount_enter, name="amount_enter"),
]
