"""What takes longer than a page may: a queue in PostgreSQL and the worker that empties it."""
