from __future__ import annotations

from django.urls import path

from orchestre.ui.web import views

app_name = "ui"
urlpatterns = [path("gallery/", views.gallery, name="gallery")]
