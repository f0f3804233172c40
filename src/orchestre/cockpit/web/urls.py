"""Addresses of the cockpit."""

from __future__ import annotations

from django.urls import path

from orchestre.cockpit.web import finding, help, views  # noqa: A004 - the page of help

app_name = "cockpit"

urlpatterns = [
    path("", views.home, name="home"),
    path("todo/", views.todo, name="todo"),
    path("todo/count/", views.count, name="todo-count"),
    path("todo/later/", views.later, name="later"),
    path("todo/back/", views.back, name="back"),
    path("seen/", views.seen, name="seen"),
    path("my-team/", views.team, name="team"),
    path("palette", finding.palette, name="palette"),
    path("help/", help.index, name="help"),
    path("help/methods/<slug:slug>/", help.method, name="method"),
    path("help/admin/<slug:slug>/", help.manual, name="manual"),
    path("help/<slug:slug>/", help.guide, name="guide"),
]
