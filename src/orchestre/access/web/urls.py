"""Addresses of accounts and settings."""

from __future__ import annotations

from django.urls import path

from orchestre.access.web.views import keys, me, people, settings, signing, welcome

app_name = "access"
urlpatterns = [
    path("login/", signing.login, name="login"),
    path("logout/", signing.logout, name="logout"),
    path("invitation/<str:token>/", signing.invitation, name="invitation"),
    path("preferences/", me.preferences, name="preferences"),
    path("welcome/", welcome.welcome, name="welcome"),
    path("welcome/start/", welcome.start, name="start"),
    path("settings/", settings.hub, name="settings"),
    path("settings/me/", me.account, name="me"),
    path("settings/me/", me.account, name="account"),
    path("settings/me/passphrase/", me.passphrase, name="passphrase"),
    path("settings/me/sessions/end/", me.end_sessions, name="end-sessions"),
    path("settings/organisation/", settings.organisation, name="organisation"),
    path("settings/status/", settings.status, name="status"),
    path("settings/people/", people.listing, name="people"),
    path("settings/people/new/", people.create, name="person-new"),
    path("settings/people/<int:pk>/", people.show, name="person"),
    path("settings/people/<int:pk>/invite/", people.invite, name="person-invite"),
    path("settings/people/<int:pk>/close/", people.close, name="person-close"),
    path("settings/people/<int:pk>/reopen/", people.reopen, name="person-reopen"),
    path("settings/people/<int:pk>/grants/", people.give, name="grant-new"),
    path("settings/grants/<int:pk>/revoke/", people.take_back, name="grant-revoke"),
    path("settings/tokens/", keys.tokens, name="tokens"),
    path("settings/tokens/<int:pk>/revoke/", keys.revoke_token, name="token-revoke"),
    path("settings/links/", keys.links, name="links"),
    path("settings/links/<int:pk>/revoke/", keys.revoke_link, name="link-revoke"),
]
