"""Variables of an inventory that look like ours and are not: Ansible itself would pass over a misspelt one."""

import difflib
from collections.abc import Callable, Iterable


def misspelt(names: Iterable[str], known: Iterable[str]) -> list[str]:
    """A sentence for each of ``names`` that is not one of ``known`` and was probably meant to be.

    What begins with "rcmail_" is ours altogether; of the rest only what differs by a letter or two.
    """
    known = sorted(known)
    sentences = []
    for name in sorted(set(names) - set(known)):
        ours = name.startswith("rcmail_")
        nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.75 if ours else 0.9)
        if nearest:
            sentences.append(f"{name} (did you mean {nearest[0]}?)")
        elif ours:
            sentences.append(name)
    return sentences


class FilterModule:
    """https://docs.ansible.com/ansible/latest/dev_guide/developing_plugins.html#filter-plugins"""

    def filters(self) -> dict[str, Callable[..., list[str]]]:
        return {"rcmail_misspelt": misspelt}
