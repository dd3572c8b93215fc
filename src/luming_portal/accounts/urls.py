"""Addresses of accounts. What stands here comes before allauth's addresses, some of which it closes or replaces."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from luming_portal.accounts import closed_views, demonstration_views, identity_provider, views

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.account_list, name="list"),
    path("new/", views.account_new, name="new"),
    path("<int:pk>/", views.account_detail, name="detail"),
    path("<int:pk>/rights/", views.account_rights, name="give_rights"),
    path("<int:pk>/deactivate/", views.account_deactivate, name="deactivate"),
    path("<int:pk>/reactivate/", views.account_reactivate, name="reactivate"),
    path("<int:pk>/unlock/", views.account_unlock, name="unlock"),
    path("<int:pk>/second-factor/", views.account_second_factor, name="second_factor"),
    path("<int:pk>/sessions/", views.account_sessions, name="sessions"),
    path("<int:pk>/password-link/", views.account_password_link, name="password_link"),
    path("rights/", views.rights, name="rights"),
    path("demo/<slug:role>/", demonstration_views.enter, name="demo"),
    # In place of allauth's.
    path("password/reset/", views.forgotten, name="forgotten"),
    path("signup/", closed_views.signup, name="signup"),
    path("oidc/<str:provider_id>/login/", identity_provider.login, name="oidc_login"),
    path("oidc/<str:provider_id>/login/callback/", identity_provider.callback, name="oidc_callback"),
    # Closed: no mail, no connecting by hand, no addresses of old versions.
    path("email/", closed_views.closed),
    path("confirm-email/", closed_views.closed),
    path("confirm-email/<str:key>/", closed_views.closed),
    path("password/reset/done/", closed_views.closed),
    path("reauthenticate/code/", closed_views.closed),
    path("reauthenticate/code/confirm/", closed_views.closed),
    path("login/code/confirm/", closed_views.closed),
    path("3rdparty/", closed_views.closed),
    path("3rdparty/signup/", closed_views.closed),
    path("social/login/cancelled/", closed_views.closed),
    path("social/login/error/", closed_views.closed),
    path("social/signup/", closed_views.closed),
    path("social/connections/", closed_views.closed),
]
