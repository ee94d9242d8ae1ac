"""What is drawn rather than written: the picture that goes with a shared link, and the
icons. The colours are those of site.css and icon.svg. Pure."""

import io
from functools import lru_cache
from importlib.resources import files

from PIL import Image, ImageColor, ImageDraw, ImageFont

Font = ImageFont.FreeTypeFont

PAPER, INK, SOFT, MARK, GREEN = "#fcfdfc", "#16211f", "#4c5a57", "#0b5458", "#0c3a3e"
SIZE, MARGIN = (1200, 630), 80
GREYS = 16
Dither = Image.Dither
# Latin with its accents and Arabic in one face.
FACE = files("fontpkg_amiri") / "files" / "Amiri-Bold.ttf"


# A picture takes a few hundredths of a second to draw and 20 kB to keep. It says only
# what is published, so that made-up addresses cannot fill this.
@lru_cache(maxsize=128)
def card(title: str, name: str) -> bytes:
    """A PNG of 1200 × 630 pixels with a title and a name; with the name alone where the
    title is empty or in letters that the face lacks."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 16), fill=GREEN)
    title = " ".join(title.split())
    if title and is_drawable(title):
        font, lines = fitted(title)
        draw.multiline_text((MARGIN, 80), "\n".join(lines), INK, font, spacing=-8)
        draw.text((MARGIN, 540), "§", MARK, face(44), anchor="ls")
        draw.text((MARGIN + 46, 540), shortened(name, face(44)), SOFT, face(44), "ls")
    elif is_drawable(name):
        font, lines = fitted(name)
        draw.text((MARGIN, 250), "§", MARK, face(120), anchor="ls")
        draw.multiline_text((MARGIN, 260), "\n".join(lines), INK, font, spacing=-8)
    # Its own colours and those between them: to look for the best 64 and the smallest
    # file takes four times as long as all the rest.
    return encoded(image.quantize(palette=_palette(), dither=Dither.NONE), "PNG")


@lru_cache(maxsize=1)
def _palette() -> Image.Image:
    """An image whose palette has the colours of type, each in GREYS from the paper."""
    paper = ImageColor.getrgb(PAPER)
    colours: list[tuple[int, ...]] = [ImageColor.getrgb(GREEN)]
    for ink in map(ImageColor.getrgb, (INK, SOFT, MARK)):
        for step in range(GREYS):
            pairs = zip(paper, ink, strict=True)
            colours.append(tuple(p + (i - p) * step // (GREYS - 1) for p, i in pairs))
    image = Image.new("P", (1, 1))
    image.putpalette([value for colour in colours for value in colour])
    return image


@lru_cache(maxsize=4)
def icon(size: int, kind: str) -> bytes:
    """The section sign on a green square, `size` pixels wide. kind: "PNG" or "ICO"."""
    image = Image.new("RGB", (size, size), GREEN)
    place = (size / 2, size / 2)
    ImageDraw.Draw(image).text(place, "§", "white", face(size * 0.8), anchor="mm")
    return encoded(image, kind)


def fitted(text: str) -> tuple[Font, list[str]]:
    """(font, lines): the largest type in which a text takes up to five lines. If it is
    still longer, its end is cut off."""
    for size, most in ((84, 3), (68, 4), (56, 5)):
        lines = wrapped(text, face(size))
        if len(lines) <= most:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]}…"]
    font = face(size)
    return font, [shortened(line, font) for line in lines]


def wrapped(text: str, font: Font) -> list[str]:
    """The text in lines that fit, as far as single words do."""
    lines, width = [""], SIZE[0] - 2 * MARGIN
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def shortened(line: str, font: Font) -> str:
    """A line cut so that it fits: a word can be wider than the picture."""
    width = SIZE[0] - 2 * MARGIN - 46
    while font.getlength(line) > width + 46:
        line = f"{line.rstrip('…')[:-1]}…"
    return line


def is_drawable(text: str) -> bool:
    """Whether the face has all letters of a text."""
    font = face(20)
    missing = bytes(font.getmask("\U0010fffd"))
    return all(
        char.isspace() or bytes(font.getmask(char)) != missing for char in set(text)
    )


@lru_cache(maxsize=8)
def face(size: float) -> Font:
    return ImageFont.truetype(io.BytesIO(FACE.read_bytes()), size)


def encoded(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()
