"""How well rcmail does what it is for, beside the bounds: ``make eval``. One module a theme."""
