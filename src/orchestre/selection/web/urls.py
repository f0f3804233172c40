"""Addresses of the selections, below /selection/."""

from __future__ import annotations

from django.urls import path

from orchestre.selection.web import choosing, saying, views

app_name = "selection"

urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    path("strategy/", views.strategy, name="strategy"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/compute/", views.compute, name="compute"),
    path("<int:pk>/share/", views.share, name="share"),
    path("<int:pk>/finish/", views.finish, name="finish"),
    path("<int:pk>/delete/", views.delete, name="delete"),
    path("<int:pk>/why/", views.why, name="why"),
    path("<int:pk>/objectives/", views.strategy_of, name="strategy-of"),
    path("<int:pk>/refused/<str:code>/", views.refused, name="refused"),
    path("<int:pk>/drivers/", saying.drivers, name="drivers"),
    path("drivers/<int:pk>/", saying.driver, name="driver"),
    path("drivers/<int:pk>/delete/", saying.remove_driver, name="driver-delete"),
    path("<int:pk>/raters/", saying.add_rater, name="rater-add"),
    path("raters/<int:pk>/", saying.compare, name="compare"),
    path("raters/<int:pk>/delete/", saying.remove_rater, name="rater-delete"),
    path("<int:pk>/ratings/", saying.ratings, name="ratings"),
    path("<int:pk>/priorities/", views.priorities, name="priorities"),
    path("<int:pk>/priorities/<str:code>/", views.priority, name="priority"),
    path("<int:pk>/candidates/", choosing.candidates, name="candidates"),
    path("<int:pk>/picks/", choosing.picks, name="picks"),
    path("orders/<int:pk>/lift/", choosing.lift, name="lift"),
]
