"""Whose mail it is: a visitor's, or another's."""
