"""An OpenID Connect provider for tests: a real HTTP server with discovery, keys, token and userinfo addresses.

It signs with a key of its own and can be told to misbehave in the ways that an attacker would.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "luming-portal"
SECRET = "a-secret-shared-with-the-provider"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """What the provider says, and how it misbehaves.

    Attributes:
        person: claims of whoever signs in.
        mischief: "", or the name of one of `_token`'s ways to be wrong.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.person: dict[str, Any] = {"sub": "s-1", "preferred_username": "wang.wei", "name": "王伟"}
        self.userinfo: dict[str, Any] | None = None
        self.mischief = ""
        self.challenges: dict[str, str] = {}

    def configuration(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        """The published key."""
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_KEY.public_key()))
        return {"keys": [{**key, "kid": "k1", "alg": "RS256", "use": "sig"}]}

    def token(self, given: dict[str, str]) -> dict[str, Any]:
        """The answer of the token address; the code must be redeemed with the verifier of its challenge."""
        verifier = hashlib.sha256(given["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if given["client_secret"] != SECRET or self.challenges.get(given["code"]) != challenge:
            return {"error": "invalid_grant"}
        answer = {"access_token": "access", "token_type": "Bearer", "expires_in": 300}
        written = self._token()
        return {**answer, "id_token": written} if written else answer

    def _token(self) -> str:
        now = int(time.time())
        claims = {**self.person, "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300}
        key: Any = _KEY
        headers, algorithm = {"kid": "k1"}, "RS256"
        match self.mischief:
            case "no token":
                return ""
            case "other key":
                key = _STRANGER
            case "unknown key id":
                headers = {"kid": "k2"}
            case "no key id":
                headers = {}
            case "unsigned":
                key, algorithm = None, "none"
            case "symmetric":
                key, algorithm = SECRET + SECRET, "HS256"
            case "other audience":
                claims["aud"] = "somebody-else"
            case "other issuer":
                claims["iss"] = "https://elsewhere.example"
            case "expired":
                claims["exp"] = now - 3600
            case "no subject":
                claims.pop("sub")
            case "garbage":
                return "not.a.token"
            case "tampered":
                head, _, signature = jwt.encode(claims, key, algorithm, headers).split(".")
                other = base64.urlsafe_b64encode(json.dumps({**claims, "sub": "s-2"}).encode()).rstrip(b"=")
                return f"{head}.{other.decode()}.{signature}"
        return jwt.encode(claims, key, algorithm, headers)


@contextmanager
def running() -> Iterator[Provider]:
    """The provider, on a free port of this machine."""
    holder: list[Provider] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider = holder[0]
            pages = {
                "/.well-known/openid-configuration": provider.configuration,
                "/keys": provider.keys,
                "/userinfo": lambda: provider.userinfo or provider.person,
            }
            page = pages.get(self.path)
            self._answer(200 if page else 404, page() if page else {})

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            given = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
            body = holder[0].token(given)
            self._answer(400 if "error" in body else 200, body)

        def _answer(self, status: int, body: Any) -> None:
            written = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    holder.append(Provider(f"http://127.0.0.1:{server.server_port}"))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield holder[0]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
