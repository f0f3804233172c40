"""Trying a passphrase: slower and slower for who guesses, never closed to who belongs."""

from __future__ import annotations

import ipaddress
import logging
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import authenticate
from django.http import HttpRequest

from orchestre.access import throttles
from orchestre.access.models import User
from orchestre.access.throttles import short
from orchestre.access.web.addresses import address_of
from orchestre.access.web.devices import known_device

logger = logging.getLogger("orchestre.access")


@dataclass(frozen=True)
class Outcome:
    """In, wrong, or to be tried later."""

    user: User | None = None
    wait: timedelta | None = None


def try_passphrase(request: HttpRequest, email: str, passphrase: str) -> Outcome:
    """Evaluate one guess when the limits allow it."""
    account = short(email.strip().lower())
    device = known_device(request, email.strip())
    pair = f"login:device:{device}" if device else f"login:{account}:{_network(request)}"
    wait = None if device else _address_wait(request)
    wait = wait or throttles.wait_before(pair)
    if wait is None and not device:
        wait = _account_wait(account)
    if wait is not None:
        logger.warning("sign-in refused before evaluation from %s", address_of(request))
        return Outcome(wait=wait)
    user = authenticate(request, email=email, password=passphrase)
    if not isinstance(user, User):
        logger.warning("sign-in failed from %s", address_of(request))
        return Outcome()
    throttles.forgive(pair)
    if not device:
        throttles.give_back(f"login:account:{account}", throttles.LOGIN_PER_ACCOUNT)
    return Outcome(user=user)


def _network(request: HttpRequest) -> str:
    """One key per IPv4 address, one per IPv6 network: who has one address there has them all."""
    address = address_of(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return short(address)
    if parsed.version == 6:
        return short(str(ipaddress.ip_network(f"{parsed}/64", strict=False)))
    return short(str(parsed))


def _address_wait(request: HttpRequest) -> timedelta | None:
    allowed = throttles.take(f"login:address:{_network(request)}", throttles.LOGIN_PER_ADDRESS)
    return None if allowed else throttles.LOGIN_PER_ADDRESS.period


def _account_wait(account: str) -> timedelta | None:
    allowed = throttles.take(f"login:account:{account}", throttles.LOGIN_PER_ACCOUNT)
    return None if allowed else throttles.LOGIN_PER_ACCOUNT.bucket
