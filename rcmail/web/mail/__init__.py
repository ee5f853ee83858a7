"""The mail page: its address, what it shows, and what is decided on it."""
