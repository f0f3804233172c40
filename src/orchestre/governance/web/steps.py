"""One way to show a form, save it, and go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from orchestre.org.entry import Attempt, attempt
from orchestre.ui.components import Button, Link


@dataclass(frozen=True)
class Step:
    """Where a form stands and where it leads."""

    heading: str
    home: str
    done: str
    crumbs: tuple[Link, ...] = ()
    lead: str = ""
    submit: str = ""
    extra: tuple[Button, ...] = field(default=())


def step(
    request: HttpRequest,
    form: forms.Form,
    save: Callable[[], Any],
    about: Step,
    after: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Show a form; once it is saved, go home, or where what was saved is shown."""
    tried: Attempt | None = None
    if request.method == "POST" and form.is_valid():
        kept: list[Any] = []
        tried = attempt(
            form,
            lambda: kept.append(save()),
            action_url=request.path,
            cancel_url=about.home,
            mergeable="version" in form.fields,
        )
        if tried.done:
            messages.success(request, about.done)
            return redirect(after(kept[0]) if after else about.home)
    status = tried.http_status if tried else 422 if form.is_bound else 200
    context = {"form": form, "conflict": tried.conflict if tried else None, "about": about}
    return render(request, "governance/form.html", context, status=status)


def version_of(request: HttpRequest) -> int | None:
    """Return the version that a small form was shown with."""
    value = request.POST.get("version", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None
