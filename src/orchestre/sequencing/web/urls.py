"""Addresses of the scenarios, below /scenarios/."""

from __future__ import annotations

from django.urls import path

from orchestre.sequencing.web.views import (
    moving,
    planning,
    proposing,
    questions,
    reading,
    scenarios,
    waves,
)

app_name = "sequencing"
ONE = "<int:pk>/initiatives/<initiative_code:code>"
urlpatterns = [
    path("", scenarios.listing, name="list"),
    path("new/", scenarios.new, name="new"),
    path("propose/", proposing.propose, name="propose"),
    path("proposals/<int:pk>/", proposing.proposal, name="proposal"),
    path("proposals/<int:pk>/stop/", proposing.stop, name="stop"),
    path("proposals/<int:pk>/keep/", proposing.keep, name="keep-order"),
    path("rules/", planning.listing, name="rules"),
    path("rules/<initiative_code:code>/", planning.one, name="rule"),
    path("rules/<initiative_code:code>/clear/", planning.clear, name="clear-rule"),
    path("rules/<initiative_code:code>/steps/", planning.add_step, name="add-step"),
    path("rules/<initiative_code:code>/steps/<int:pk>/", planning.step, name="step"),
    path(
        "rules/<initiative_code:code>/steps/<int:pk>/remove/",
        planning.remove_step,
        name="remove-step",
    ),
    path("compare/", reading.compare, name="compare"),
    path("diff/", reading.diff, name="diff"),
    path("plans/", reading.plans_listing, name="plans"),
    path("plans/<int:number>/", reading.plan, name="plan"),
    path("plans/<int:number>/return/", reading.draft_return, name="return"),
    path("from-selection/<int:pk>/", questions.from_selection, name="from-selection"),
    path("questions/keep/", questions.keep, name="keep"),
    path("questions/<slug:name>/", questions.question, name="question"),
    path("why/<slug:name>/", reading.why, name="why"),
    path("<int:pk>/", scenarios.show, name="show"),
    path("<int:pk>/rename/", scenarios.rename, name="rename"),
    path("<int:pk>/share/", scenarios.share, name="share"),
    path("<int:pk>/duplicate/", scenarios.duplicate, name="duplicate"),
    path("<int:pk>/drop/", scenarios.drop, name="drop"),
    path("<int:pk>/differences/", reading.show_differences, name="differences"),
    path("<int:pk>/rebase/", reading.rebase, name="rebase"),
    path("<int:pk>/publish/", reading.publish, name="publish"),
    path(f"{ONE}/", moving.initiative, name="initiative"),
    path(f"{ONE}/preview/", moving.preview, name="preview"),
    path(f"{ONE}/move/", moving.move, name="move"),
    path(f"{ONE}/clear/", moving.clear, name="clear"),
    path(f"{ONE}/waves/<int:wave>/", waves.wave, name="wave"),
    path(f"{ONE}/waves/<int:wave>/preview/", waves.preview, name="wave-preview"),
]
