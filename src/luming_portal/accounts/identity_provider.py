"""Sign-in by OpenID Connect: the provider's statement is believed only when its signature, audience and time hold.

allauth takes the id_token from the token address unverified, as the standard allows behind TLS. In a city's network
the way to the provider may be plain, so here the signature is always verified against the provider's keys, by a
fixed list of algorithms, and the person of the token must be the person of the userinfo address.
"""

from __future__ import annotations

import re
from typing import Any

import jwt
from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponseBase
from requests import RequestException

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
_NAME = re.compile(r"[\w-]{1,50}")
CLOCK_SKEW = 60
"""Seconds by which the provider's clock may differ from ours."""


class VerifiedAdapter(OpenIDConnectOAuth2Adapter):
    """Believes nothing unsigned."""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> Any:
        """The person, from a token that was verified and a userinfo answer that agrees with it.

        Raises:
            OAuth2Error: no token, a token that does not hold, or two different persons.
        """
        written = kwargs["response"].get("id_token")
        if not isinstance(written, str) or not written:
            raise OAuth2Error("the provider gave no id_token")
        claims = self._decode_id_token(app, written)
        person = self._fetch_user_info(token.token)
        if not isinstance(person, dict) or str(person.get("sub", "")) != str(claims["sub"]):
            raise OAuth2Error("userinfo speaks of somebody else than the id_token")
        data = {"userinfo": {**claims, **person}, "id_token": claims}
        return self.get_provider().sociallogin_from_response(request, data)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(id_token)
            algorithm = header.get("alg")
            if algorithm not in ALGORITHMS:
                raise OAuth2Error(f"algorithm {algorithm!r} is not accepted")
            found: dict[str, Any] = jwt.decode(
                id_token,
                key=self._key(header.get("kid")),
                algorithms=[algorithm],
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=CLOCK_SKEW,
                options={"require": ["exp", "iat", "aud", "iss", "sub"]},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as problem:
            raise OAuth2Error("the id_token does not hold") from problem
        return found

    def _key(self, kid: Any) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        known = [key for key in keys if key.key_id == kid]
        if len(known) != 1:
            raise OAuth2Error("the id_token is signed with a key that the provider does not publish")
        return known[0].key


@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """The way to the provider; when it does not answer, a page that says so."""
    adapter = VerifiedAdapter(request, _well_formed(provider_id))
    try:
        answer: HttpResponseBase = OAuth2LoginView.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (RequestException, KeyError, ValueError) as problem:
        answer = render_authentication_error(request, adapter.get_provider(), exception=problem)
    return answer


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Where the provider sends people back to."""
    try:
        view = OAuth2CallbackView.adapter_view(VerifiedAdapter(request, _well_formed(provider_id)))
        answer: HttpResponseBase = view(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return answer


def _well_formed(provider_id: str) -> str:
    if not _NAME.fullmatch(provider_id):
        raise Http404
    return provider_id
