"""The door: one password for the house, who is signed in, and how often a password may be tried. Knows no HTTP."""
