"""What stands around every answer: security headers, and the check where a request comes from.

Plain ASGI, because a vote pays for every layer.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HOST = re.compile(rb"[A-Za-z0-9.\-_\[\]:]+\Z")
POLICY_NAME = b"content-security-policy"
POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    b"connect-src 'self'%s; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
NO_PAGE_FRAMES_IT = b"frame-ancestors 'none'"
# What an answer says of itself if it differs: it holds a page of ours in a frame, or may be held by one.
FRAMING = {"content-security-policy": "frame-src 'self'"}
FRAMED = {"content-security-policy": "frame-ancestors 'self'"}
ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
HOST_PAGE = re.compile(r"/s/[A-Z0-9]+/host/")
# A host's page may record where everybody at the table agreed; no other page can ever ask for the microphone.
AT_HOST_PAGE = (*ALWAYS[:-1], (ALWAYS[-1][0], ALWAYS[-1][1].replace(b"microphone=()", b"microphone=(self)")))
NOT_STORED = (b"cache-control", b"no-store")
LONGEST_PATH = 1000  # characters; no address here comes near, and a number of thousands of digits cannot be read
FOREIGN = (403, b"This request came from another site, so nothing was changed. Open eventkit's own page and try again.")
TOO_LONG = (414, b"There is nothing at this address: it is longer than any that eventkit gives.")


class Headers:
    """Adds the headers, and refuses changes and sockets that another site asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._policies: dict[bytes, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        socket = scope["type"] == "websocket"
        if (socket or scope["method"] not in SAFE_METHODS) and not same_origin(headers, must_say=socket):
            await _refuse(scope, receive, send, FOREIGN)
            return
        if len(scope["path"]) > LONGEST_PATH:
            await _refuse(scope, receive, send, TOO_LONG)
            return
        policy = self._policy(headers.get(b"host", b""))
        always = AT_HOST_PAGE if HOST_PAGE.match(scope["path"]) else ALWAYS

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = list(message.get("headers", ()))
                given = message["headers"] = [each for each in answered if each[0] != POLICY_NAME]
                given += [*always, (POLICY_NAME, _widened(policy, dict(answered).get(POLICY_NAME, b"")))]
                if not any(name == b"cache-control" for name, _value in given):
                    given.append(NOT_STORED)
            await send(message)

        await self.app(scope, receive, send if socket else with_headers)

    def _policy(self, host: bytes) -> bytes:
        """Names the socket's address, because Safari before 16 does not take 'self' for it."""
        if host not in self._policies:
            named = b" ws://%s wss://%s" % (host, host) if HOST.match(host) else b""
            if len(self._policies) > 100:  # a made-up Host header must not fill the memory
                self._policies.clear()
            self._policies[host] = POLICY % named
        return self._policies[host]


def same_origin(headers: Mapping[bytes, bytes], *, must_say: bool) -> bool:
    """Whether a page of this server asked. Plain http on a venue's network has no Sec-Fetch-Site, only Origin.

    A request without either comes from no browser, and carries no cookie that somebody else's page could use;
    a socket (`must_say`) must name its origin.
    """
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site in (b"same-origin", b"none")
    origin = headers.get(b"origin")
    if origin is None:
        return not must_say
    try:
        asking = urlsplit(origin).netloc
        return asking != b"" and asking == headers.get(b"host")
    except ValueError:
        return False


def _widened(policy: bytes, own: bytes) -> bytes:
    """The policy for an answer that says `FRAMING` or `FRAMED` of itself. Nothing else that it says is heard."""
    if own == FRAMED["content-security-policy"].encode():
        return policy.replace(NO_PAGE_FRAMES_IT, own)
    if own == FRAMING["content-security-policy"].encode():
        return policy + b"; " + own
    return policy


async def _refuse(scope: Scope, receive: Receive, send: Send, refusal: tuple[int, bytes]) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    status, sentence = refusal
    length = str(len(sentence)).encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", length), *ALWAYS, NOT_STORED]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence})
