"""The mailbox that is connected: who may use it, how it came, how it goes, and how it stands with it."""
