"""A visitor without a browser: cookies, forms with their token, redirections."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar


@dataclass(frozen=True)
class Answer:
    """What came back, after redirections."""

    status: int
    url: str
    text: str


class Visitor:
    """Keeps the cookies of one server."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.jar = CookieJar()
        # no proxy: this server is on this machine
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.jar)
        )

    def get(self, path: str) -> Answer:
        """Read a page."""
        return self._ask(urllib.request.Request(self.url + path))

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form of this server, with the token that its cookie holds."""
        tokens = [cookie.value or "" for cookie in self.jar if cookie.name.endswith("csrftoken")]
        sent = urllib.parse.urlencode({"csrfmiddlewaretoken": tokens[0], **fields}).encode()
        headers = {"Referer": self.url + path, "Origin": self.url}
        return self._ask(urllib.request.Request(self.url + path, sent, headers))

    def sign_in(self, email: str, passphrase: str) -> None:
        """Sign in through the form."""
        self.get("/login/")
        answer = self.post("/login/", email=email, passphrase=passphrase)
        if re.search(r"/login/", answer.url):
            raise PermissionError(f"{email} may not sign in")

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            with self.opener.open(request, timeout=30) as back:
                text = back.read().decode("utf-8", "replace")
                return Answer(back.status, back.geturl(), text)
        except urllib.error.HTTPError as refused:
            with refused:
                text = refused.read().decode("utf-8", "replace")
                return Answer(refused.code, refused.geturl(), text)
