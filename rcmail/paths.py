"""Where the files beside the code are: in a checkout at its top level, in a wheel inside the package."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_bundled"
_ROOT = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent

TEMPLATES = _ROOT / "templates"
MIGRATIONS = _ROOT / "migrations"
DEFAULT_SETTINGS = _ROOT / "config" / "settings.toml"
STATIC = _PACKAGE / "static"
SITE_SETTINGS = Path("/etc/rcmail/settings.toml")
