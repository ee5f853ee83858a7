"""The log: from a record to a line, and from the lines to what a person reads."""
