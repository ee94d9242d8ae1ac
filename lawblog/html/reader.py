"""A class whose methods are called for each tag and text of cleaned HTML, in order."""

from .tokens import END, START, TEXT, tokens


class Reader:
    def read(self, html: str) -> None:
        for token in tokens(html):
            if token.kind == START:
                self.starts(token.name, token.attributes)
            elif token.kind == END:
                self.ends(token.name)
            elif token.kind == TEXT:
                self.says(token.text)

    def starts(self, tag: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def ends(self, tag: str) -> None:
        raise NotImplementedError

    def says(self, words: str) -> None:
        raise NotImplementedError
