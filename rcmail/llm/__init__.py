"""Language models, each behind the same interface."""
