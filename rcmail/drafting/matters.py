"""Which of the matters in ``matter_words`` are answered how."""

from typing import Final

OF_THE_EVENT: Final = frozenset(("date", "time", "place"))
"""Those that the sentence on the next event answers."""
OF_THE_PLACE: Final = frozenset(("parking", "access", "toilet", "transport"))
HOURS: Final = frozenset(("time", "last entry", "cancelling"))
BY_THE_WAY: Final = frozenset(("pets", "catering", "drinks", "giving", "home", "guarantee", "card", "children"))
"""Those that are asked only where the sentence that asks names them."""
OF_A_THING: Final = frozenset(("bringing", "parts", "learning"))
"""Those where an answer about another thing is none."""
HARD: Final = frozenset((
    "costs", "appointment", "parking", "access", "toilet", "transport", "leaving", "pets", "catering", "drinks",
    "hearing", "card", "again", "guarantee", "home", "lost", "giving",
))  # fmt: skip
"""Those that are a question of their own, whatever is brought."""
OF_THE_HOUSE: Final = frozenset((
    "parking", "access", "toilet", "transport", "lost", "pets", "hearing", "catering", "drinks", "time",
    "last entry",
))  # fmt: skip
"""Those where an answer from another house is none."""
