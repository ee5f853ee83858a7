"""Lines that a mail program broke and that belong together: ``format=flowed`` (RFC 3676)."""


def unflow(text: str, *, is_space_deleted: bool) -> str:
    """``text`` with its paragraphs on one line each, quoted ones too; ``-- `` before a signature stays as it is.

    ``is_space_deleted`` is ``delsp=yes``: the space that marks a break is none of the text's (§4.2).
    """
    lines: list[str] = []
    paragraph: list[str] = []
    depth = 0
    for line in text.split("\n"):
        content = line.lstrip(">")
        quotes = len(line) - len(content)
        content = content.removeprefix(" ")
        is_signature = content == "-- "
        if paragraph and (quotes != depth or is_signature):
            lines.append(_quoted(depth, paragraph))
            paragraph = []
        depth = quotes
        is_flowed = content.endswith(" ") and not is_signature
        paragraph.append(content[:-1] if is_flowed and is_space_deleted else content)
        if not is_flowed:
            lines.append(_quoted(depth, paragraph))
            paragraph = []
    return "\n".join([*lines, _quoted(depth, paragraph)] if paragraph else lines)


def _quoted(depth: int, paragraph: list[str]) -> str:
    text = "".join(paragraph)
    return f"{'>' * depth} {text}" if depth and text else ">" * depth + text
