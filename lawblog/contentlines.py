"""The line format that vCard (RFC 6350) and iCalendar (RFC 5545) share."""


def escape(text):
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return text.replace("\r", "").replace("\n", "\\n")


def join(lines):
    """Lines as one text: CRLF ends, folded so that none is over 75 bytes."""
    return "".join(f"{fold(line)}\r\n" for line in lines)


def fold(line):
    """
    >>> fold("a" * 80) == "a" * 75 + "\\r\\n " + "a" * 5
    True
    """
    pieces, piece = [], ""
    for char in line:
        # A folded line begins with a space, which counts.
        room = 75 if not pieces else 74
        if len((piece + char).encode()) > room:
            pieces.append(piece)
            piece = ""
        piece += char
    return "\r\n ".join([*pieces, piece])
