"""The only settings module. Every variable it reads is in .env.example."""

from pathlib import Path

from lawblog.database.env import env_database, env_replica
from lawblog.html import richtext
from lawblog.media import names
from lawblog.media.env import env_storage
from lawblog.notices.env import env_mail
from lawblog.pagecache import redis

from .env import (
    LOCAL_HOSTS,
    env_bool,
    env_directory,
    env_header,
    env_hosts,
    env_int,
    env_list,
    env_onion,
    env_recipients,
    env_redis,
    env_secret,
    env_site_url,
    env_str,
    env_uri,
    env_url,
)
from .env_file import read_env_file

BASE_DIR = Path(__file__).resolve().parent.parent
read_env_file(BASE_DIR / ".env")
# Everything that this installation writes: database, pictures, collected static files.
VAR_DIR = env_directory("VAR_DIR", BASE_DIR / "var", is_ours=True)
# What "make run" generated for this machine; the environment and .env take precedence.
read_env_file(VAR_DIR / "local.env")

# Site ------------------------------------------------------------------------

DEBUG = env_bool("DEBUG", False)
_site = env_site_url("SITE_URL")
SITE_URL = _site.geturl()
# Secure cookies and HSTS are on where the address is https.
HTTPS = _site.scheme == "https"
_local = list(LOCAL_HOSTS[:2]) + ["[::1]"] if _site.hostname in LOCAL_HOSTS else []
# The same site as an onion service; its pages name SITE_URL as canonical.
ONION_URL = env_onion("ONION_URL")
ALLOWED_HOSTS = list(
    {
        _site.hostname or "",
        *_local,
        *env_hosts("ALLOWED_HOSTS"),
        *filter(None, [ONION_URL.removeprefix("http://")]),
    }
)
# Where to report a vulnerability (security.txt); empty: call the firm.
SECURITY_CONTACT = env_uri("SECURITY_CONTACT")

SECRET_KEY = env_secret("SECRET_KEY")

# Apps ------------------------------------------------------------------------

INSTALLED_APPS = [
    "posts",
    "offices",
    "lawblog",
    "lawblog.keeping",
    # After it: housekeeping sends mail last.
    "lawblog.notices",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "ckeditor",
    "csp",
    "reversion",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lawblog.middleware.StaticFiles",
    "lawblog.middleware.Policy",
    # Outside ConditionalGet's ETag, since it pads each answer with random bytes.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    # Inside ConditionalGet, from which it hides misleading dates.
    "lawblog.middleware.headers",
    "lawblog.middleware.language",
    "lawblog.bad_requests.Refuse",
    "lawblog.unavailable.middleware.ForReaders",
    "lawblog.pagecache.fragments.middleware",
    "lawblog.database.replica.Replica",
    "lawblog.middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    # Inside CsrfView: a form that is shown again was sent by a page of ours.
    "lawblog.unavailable.middleware.ForTheDesk",
    "lawblog.middleware.Users",
    "lawblog.serving.unread_bodies.unread",
    "lawblog.records.acting.middleware",
    "lawblog.middleware.Messages",
    # allauth refuses to start without it; it does nothing to readers' requests.
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Innermost: its own answers get what the others add to any.
    "lawblog.desk.not_allowed.give_back_typed",
]
ROOT_URLCONF = "lawblog.urls"
WSGI_APPLICATION = "lawblog.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "public"],
        "OPTIONS": {
            "environment": "lawblog.site.jinja.environment",
            "context_processors": ["offices.public.context_processors.firm"],
        },
    },
    # The admin's.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["lawblog.desk.template_filters"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lawblog.people.access.layout_context",
                "offices.public.context_processors.firm_at_the_desk",
            ],
        },
    },
]
FORM_RENDERER = "lawblog.desk.labels.Renderer"

# Database --------------------------------------------------------------------

DATABASES = {"default": env_database("DATABASE_URL", VAR_DIR / "db.sqlite3")}
if _replica := env_replica("DATABASE_REPLICA_URL", DATABASES["default"]):
    DATABASES["replica"] = _replica
DATABASE_ROUTERS = ["lawblog.database.router.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Page store ---------------------------------------------------------------------

# Memory that each worker may use for cached pages; 0 renders every page anew.
PAGES_MB = env_int("PAGES_MB", 32)
# How many requests each worker answers at once (deploy/serve).
THREADS = env_int("THREADS", 6)
# How long the body of a request may take to arrive.
BODY_SECONDS = env_int("BODY_SECONDS", 30)
# While the database is away, cached pages are served for so long after it was last
# seen.
AWAY_SECONDS = env_int("AWAY_SECONDS", 600)
# For how long a CDN may serve a page without asking.
CDN_SECONDS = env_int("CDN_SECONDS", 0)
# What is called after a change, so that the CDN drops its copies.
CDN_PURGE_URL = env_url("CDN_PURGE_URL")
CDN_PURGE_HEADER = env_header("CDN_PURGE_HEADER")

# Shared by several machines -----------------------------------------------------

# Redis or Valkey, through which machines tell each other of changes.
REDIS_URL = env_redis("REDIS_URL")
CACHES = redis.caches(REDIS_URL)

# Time and language -------------------------------------------------------------

# The first one has addresses without a prefix. For one more: add it here, and its
# catalog with "manage.py makemessages -l CODE" and "compilemessages".
LANGUAGES = [("en", "English"), ("es", "Español")]
LANGUAGE_CODE = LANGUAGES[0][0]
LOCALE_PATHS = [BASE_DIR / "lawblog" / "locale"]
TIME_ZONE = "America/New_York"
USE_TZ = True

# Files -------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "lawblog.site.staticfiles.AppFinder",
]
MEDIA_URL = names.MEDIA_URL
MEDIA_ROOT = VAR_DIR / "media"
BACKUP_DIR = env_directory("BACKUP_DIR", VAR_DIR / "backups")
STORAGES = {
    "default": env_storage("MEDIA_S3"),
    "backups": env_storage("BACKUP_S3", BACKUP_DIR),
    "staticfiles": {"BACKEND": "lawblog.site.staticfiles.Storage"},
}
MEDIA_IN_S3 = "storages" in STORAGES["default"]["BACKEND"]
# The editor's own files have no hash in their names: browsers keep them for a day.
WHITENOISE_MAX_AGE = 24 * 60 * 60
# An article of 40,000 words with its tags is about half a megabyte; a longer
# submission than this is refused with a page that says so.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024

# Backups -----------------------------------------------------------------------

BACKUP_IN_S3 = "storages" in STORAGES["backups"]["BACKEND"]
# How many of the daily ones are kept.
BACKUP_DAILY = env_int("BACKUP_DAILY", 7)
BACKUP_WEEKLY = env_int("BACKUP_WEEKLY", 5)
BACKUP_MONTHLY = env_int("BACKUP_MONTHLY", 36)
# Public keys (age): the secret key of any of them opens a backup; none: not encrypted.
BACKUP_RECIPIENTS = env_recipients("BACKUP_RECIPIENTS")

# Mail --------------------------------------------------------------------------

# Only to people at the desk; without EMAIL_URL no mail is sent.
_mail = env_mail("EMAIL_URL", sender=env_str("EMAIL_FROM"))
MAIL_IS_ON = bool(_mail.host)
EMAIL_BACKEND = (
    "lawblog.notices.email_backend.EmailBackend"
    if MAIL_IS_ON
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.starttls, _mail.tls
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _mail.sender
# Seconds for each single wait (lawblog/notices/sending.py limits the whole); Django's
# default is for ever.
EMAIL_TIMEOUT = 10

# Editor ------------------------------------------------------------------------

CKEDITOR_CONFIGS = {"default": richtext.EDITOR}

# Security ----------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# Browsers accept "__Host-" cookies only from this very host, over https, for all paths.
# nginx has to know the first (deploy/nginx.conf).
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrftoken"
SESSION_ENGINE = "lawblog.people.session_engine"
SESSION_COOKIE_AGE = 12 * 60 * 60
MESSAGE_STORAGE = "lawblog.desk.message_storage.MessageStorage"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "lawblog.people.sign_in.refused_form"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(?:healthz|readyz)$"]
SECURE_HSTS_SECONDS = env_int("HSTS_SECONDS", 365 * 24 * 60 * 60) if HTTPS else 0
if env_bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# No site learns where readers came from. The admin overrides this with "same-origin"
# (lawblog/middleware.py), since Django's forms need an Origin.
SECURE_REFERRER_POLICY = "no-referrer"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SILENCED_SYSTEM_CHECKS = [
    # The editor is past its end of life: lawblog.E001 to E005 refuse to start unless
    # each mitigation named in the README is in place.
    "ckeditor.W001",
    # HSTS for all subdomains, and preloading, would bind hosts that are not ours (the
    # firm's mail, for one): that is for the firm to decide.
    "security.W005",
    "security.W021",
]

# Signing in --------------------------------------------------------------------

# Everybody at the desk needs a second factor; over plain http, which is for this
# machine only, only if the variable says so.
REQUIRE_SECOND_FACTOR = HTTPS or env_bool("REQUIRE_SECOND_FACTOR", False)
# Former keys, which still open what they encrypted (second factors) and signed.
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
AUTHENTICATION_BACKENDS = ["lawblog.people.adapters.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "lawblog.people.passwords.LongEnough"},
    {"NAME": "lawblog.people.passwords.Unguessable"},
]
ACCOUNT_ADAPTER = "lawblog.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
# Ours is lawblog/people/rate_limit.py.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "lawblog.people.forms.SignInForm",
    "reauthenticate": "lawblog.people.forms.AgainForm",
}
MFA_ADAPTER = "lawblog.people.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # half a minute early or late
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "lawblog.people.forms.CodeForm",
    "reauthenticate": "lawblog.people.forms.CodeAgainForm",
    "activate_totp": "lawblog.people.forms.NewAppForm",
    "add_webauthn": "lawblog.people.forms.NewPasskeyForm",
    "edit_webauthn": "lawblog.people.forms.RenamePasskeyForm",
    "login_webauthn": "lawblog.people.forms.PasskeySignInForm",
    "authenticate_webauthn": "lawblog.people.forms.PasskeyForm",
    "reauthenticate_webauthn": "lawblog.people.forms.PasskeyAgainForm",
}

# Logging -----------------------------------------------------------------------

# To standard error, without visitors' addresses, user agents or referrers.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "lawblog.logs.Line",
            "fmt": "{levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # "Not Found: /path" is not worth a line, and paths can be private.
        "django.request": {"level": "ERROR"},
        "django": {"handlers": [], "propagate": True},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
