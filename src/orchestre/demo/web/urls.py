"""Addresses of the demo organisation."""

from __future__ import annotations

from django.urls import path

from orchestre.demo.web import views

app_name = "demo"
urlpatterns = [
    path("load/", views.load, name="load"),
    path("wipe/", views.wipe, name="wipe"),
]
