"""rcmail, the Repair Café Mail Assistant."""

__version__ = "0.1.0"
