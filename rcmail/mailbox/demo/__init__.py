"""The demonstration: a café's mailbox that was invented, always as if it were of last week."""
