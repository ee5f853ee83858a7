"""PostgreSQL: the pool of connections, the migrations, and the embedded server of development."""
