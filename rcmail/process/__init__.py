"""This process itself: systemd, the event loop, threads."""
