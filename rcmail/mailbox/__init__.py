"""Where mail comes from, and where drafts go: one interface, one file or package for each provider."""
