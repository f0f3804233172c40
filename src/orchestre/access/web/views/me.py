"""One's own account: display, passphrase, sessions."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from orchestre.access import services
from orchestre.access.models import User
from orchestre.access.web.forms import ChangePassphraseForm, MeForm, place
from orchestre.access.web.views.signing import PAGES
from orchestre.kernel.errors import DomainError
from orchestre.ui.going import back_to


@login_not_required
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Change what was posted of the display; the language, even without an account."""
    language = request.POST.get("language", "")
    if not isinstance(request.user, User):
        if language in dict(settings.LANGUAGES):
            request.session["language"] = language
        return redirect(back_to(request))
    services.set_preferences(request.user, _allowed(request))
    return redirect(back_to(request))


def _allowed(request: HttpRequest) -> dict[str, object]:
    choices = {
        "language": set(dict(settings.LANGUAGES)),
        "theme": set(User.Theme.values),
        "density": set(User.Density.values),
    }
    values: dict[str, object] = {
        name: request.POST[name]
        for name, known in choices.items()
        if request.POST.get(name) in known
    }
    if request.POST.get("shortcuts_on") in {"0", "1"}:
        values["shortcuts_on"] = request.POST["shortcuts_on"] == "1"
    return values


@require_http_methods(PAGES)
def account(request: HttpRequest) -> HttpResponse:
    """Show and change one's own account."""
    user = _me(request)
    form = MeForm(request.POST if request.method == "POST" else None, instance=user)
    if form.is_bound and form.is_valid():
        services.set_preferences(user, form.cleaned_data)
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, _("Saved."))
        return redirect("access:me")
    return _page(request, form, ChangePassphraseForm())


@sensitive_post_parameters("current", "passphrase")
@require_POST
def passphrase(request: HttpRequest) -> HttpResponse:
    """Change one's passphrase; the other sessions end."""
    user = _me(request)
    form = ChangePassphraseForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.change_passphrase(user, given["current"], given["passphrase"])
        except DomainError as refused:
            place(form, refused)
        else:
            before = request.session.session_key or ""
            services.end_sessions(user, but=before)
            update_session_auth_hash(request, user)
            services.follow_session(before, request.session.session_key or "")
            messages.success(request, _("Passphrase changed. Your other sessions are closed."))
            return redirect("access:me")
    return _page(request, MeForm(instance=user), form)


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End every other session of this person."""
    user = _me(request)
    services.end_sessions(user, but=request.session.session_key or "")
    messages.success(request, _("Your other sessions are closed."))
    return redirect("access:me")


def _page(request: HttpRequest, form: MeForm, words: ChangePassphraseForm) -> HttpResponse:
    wrong = form.errors or words.errors
    context = {
        "me_form": form,
        "words": words,
        "form": words if words.errors else form,
        "sessions": _me(request).open_sessions.all(),
        "here": request.session.session_key,
    }
    return render(request, "access/me.html", context, status=422 if wrong else 200)


def _me(request: HttpRequest) -> User:
    """A fresh row: a refused form must not colour the rest of the page."""
    return get_object_or_404(User, pk=request.user.pk)
