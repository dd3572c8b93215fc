"""Settings of the portal. All that differs between installations comes from the environment (docs/guide/operations.md).

LUMING_HOME       folder for database, secret, uploads and backups; `var` beside the current folder when not given
LUMING_DEBUG      1 for the demonstration: plain HTTP and one-click demonstration accounts; never for real work
DATABASE_URL      postgresql://user:password@host/name; SQLite in LUMING_HOME when not given
LUMING_PLACE      the city whose document the cockpit shows, such as 包头市; that of the first document when not given
LUMING_PERSON_KEY secret under which people are counted once; made in LUMING_HOME when not given, never changed
LUMING_HOSTS      names under which the site is reached, separated by commas
LUMING_HTTPS      0 where a trusted network has no HTTPS; on by default outside the demonstration
LUMING_BACKUPS    folder for backups; `backups` in LUMING_HOME when not given
LUMING_LOG_LEVEL  INFO when not given
LUMING_BEHIND_PROXY  1 behind a reverse proxy that sets X-Forwarded-Proto and X-Forwarded-For
LUMING_PROXY      address of that proxy, whose headers are believed; 127.0.0.1 when not given
LUMING_IDLE_MINUTES  minutes without a request after which a session ends; 30 when not given
LUMING_MAIL_*     HOST, PORT, USER, PASSWORD, TLS (0 to go without), FROM; no mail is sent without a host
LUMING_ADDRESS    where people reach the site, such as https://luming.example; mails and calendars name it
LUMING_OIDC_*     SERVER, CLIENT, SECRET, NAME of an OpenID Connect provider
"""

from __future__ import annotations

import logging
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from luming_portal import environment

HERE = Path(__file__).resolve().parent
HOME = Path(environment.text("LUMING_HOME", "var")).resolve()
DEBUG = environment.flag("LUMING_DEBUG")
HTTPS = environment.flag("LUMING_HTTPS", default=not DEBUG)

SECRET_KEY = environment.secret("LUMING_SECRET_KEY", HOME / "secret_key")
PERSON_KEY = environment.secret("LUMING_PERSON_KEY", HOME / "person_key")
"""Under which the keys of counted people are made; the same for as long as their entries live."""
ALLOWED_HOSTS = environment.words("LUMING_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("LUMING_ORIGINS")
SITE_ID = 1

INSTALLED_APPS = [
    "luming_portal.accounts",
    "luming_portal.audit",
    "luming_portal.registers",
    "luming_portal.enterprises",
    "luming_portal.institutions",
    "luming_portal.projects",
    "luming_portal.people",
    "luming_portal.indicators",
    "luming_portal.documents",
    "luming_portal.cockpit",
    "luming_portal.reporting",
    "luming_portal.counting",
    "luming_portal.chasing",
    "luming_portal.disputes",
    "luming_portal.proofs",
    "luming_portal.invitations",
    "luming_portal.workbooks",
    "luming_portal.comparison",
    "luming_portal.evaluation",
    "luming_portal.standards",
    "luming_portal.support",
    "luming_portal.grants",
    "luming_portal.budgets",
    "luming_portal.rehearsal",
    "luming_portal.cases",
    "luming_portal.panels",
    "luming_portal.claims",
    "luming_portal.talents",
    "luming_portal.agencies",
    "luming_portal.papers",
    "luming_portal.notices",
    "luming_portal.deadlines",
    "luming_portal.caseload",
    "luming_portal.search",
    "luming_portal.api",
    "luming_portal.operations",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "luming_portal.middleware.request_id.RequestId",
    "luming_portal.operations.health.Health",
    "luming_portal.operations.logs.AccessLog",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # before the next: files lie uncompressed in the demonstration
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "luming_portal.middleware.body_limit.BodyLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "luming_portal.middleware.session_limits.SessionLimits",
    "luming_portal.middleware.acting_user.ActingUser",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "luming_portal.middleware.second_factor.SecondFactor",
    "luming_portal.middleware.error_pages.ErrorPages",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "luming_portal.urls"
WSGI_APPLICATION = "luming_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "luming_portal.navigation.navigation",
                "luming_portal.notices.header.unread",
            ],
            "builtins": ["luming_portal.templatetags.luming"],
        },
    }
]

# --- data -------------------------------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.config(
        env="DATABASE_URL",
        default=f"sqlite:///{HOME / 'portal.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Measured: with deferred transactions three of four concurrent writers failed, with IMMEDIATE none.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA recursive_triggers=ON; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;",
    }
else:
    # Compiling a query takes longer than answering a page.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 500}}
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

MEDIA_ROOT = HOME / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_LIMIT = 20 * 1024 * 1024
"""Largest file that a page takes in, in bytes; larger ones are refused with a sentence before they are read."""

# --- mail --------------------------------------------------------------------------------------------------------

EMAIL_HOST = environment.text("LUMING_MAIL_HOST")
EMAIL_PORT = environment.whole("LUMING_MAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("LUMING_MAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("LUMING_MAIL_PASSWORD")
EMAIL_USE_TLS = environment.flag("LUMING_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("LUMING_MAIL_FROM", "luming@localhost")
MAIL_ON = bool(EMAIL_HOST)
"""Whether notices go out by mail; off until a mail server is named."""
SITE_ADDRESS = environment.text("LUMING_ADDRESS").rstrip("/")

PLACE = environment.text("LUMING_PLACE")
PACKS = Path(environment.text("LUMING_PACKS", "packs")).resolve()
"""Where `luming-portal setup` finds the documents and registers that come with Luming."""

# --- accounts ----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "luming_portal.accounts.sign_in.PortalBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "luming_portal.accounts.sign_in.PortalAdapter"
SOCIALACCOUNT_ADAPTER = "luming_portal.accounts.sign_in.ProviderAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {"login": "luming_portal.accounts.forms.SignInForm"}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_EMAIL_NOTIFICATIONS = False
# Axes locks an account for one address after five failures; these limits bound guessing from many addresses, and
# leave room for an office whose people share one address.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,50/h/key"}
PASSWORD_RESET_TIMEOUT = 24 * 3600
"""Seconds for which a link to set a password holds."""
MFA_ADAPTER = "luming_portal.accounts.sign_in.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "luming_portal.accounts.forms.CodeForm",
    "reauthenticate": "luming_portal.accounts.forms.CodeAgainForm",
    "activate_totp": "luming_portal.accounts.forms.FirstCodeForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "鹿鸣"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {}
if environment.text("LUMING_OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": environment.text("LUMING_OIDC_NAME", "统一认证"),
                "client_id": environment.text("LUMING_OIDC_CLIENT"),
                "secret": environment.text("LUMING_OIDC_SECRET"),
                "settings": {
                    "server_url": environment.text("LUMING_OIDC_SERVER"),
                    "oauth_pkce_enabled": True,
                },
            }
        ]
    }
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "luming_portal.accounts.sign_in.counted_name"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "luming_portal.accounts.sign_in.locked_out"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False

SECOND_FACTOR = environment.flag("LUMING_SECOND_FACTOR", default=True)
"""Whether staff must sign in with two factors. Demonstration accounts, which live only under DEBUG, are excused."""

# --- security ----------------------------------------------------------------------------------------------------

SESSION_IDLE = 60 * environment.whole("LUMING_IDLE_MINUTES", 30)
"""Seconds without a request after which a session ends."""
SESSION_LONGEST = 10 * 3600
"""Seconds after sign-in at which a session ends in any case."""
SESSION_COOKIE_AGE = SESSION_LONGEST
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("LUMING_BEHIND_PROXY") else None
)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "luming_portal.error_views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        # Charts are drawn on the server as SVG, whose text carries style attributes.
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        # Browsers hold redirects after a post against this too: the way to the identity provider.
        "form-action": [SELF, *environment.origins("LUMING_OIDC_SERVER")],
        "frame-ancestors": [NONE],
    }
}

# --- language ----------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("English"))]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_THOUSAND_SEPARATOR = False

# --- files -------------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31536000

LOGGING_CONFIG = "luming_portal.operations.logs.configure"
LOGGING = {"level": environment.text("LUMING_LOG_LEVEL", "INFO")}
BACKUPS = Path(environment.text("LUMING_BACKUPS", str(HOME / "backups"))).resolve()
"""Where `luming-portal backup` puts its archives and `check` looks for them; better on another disk."""
logging.getLogger("axes").setLevel(logging.ERROR)
TEST_RUNNER = "django.test.runner.DiscoverRunner"
