"""The shade of grey that a PNG says shows through, in any number of bits."""

import io
import struct
import zlib

from lawblog.media.decoding import decode


def png(depth, row, clear):
    """A PNG of one row of four greys, of which one shows through."""

    def part(name, data):
        sum_ = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + sum_

    head = struct.pack(">IIBBBBB", 4, 1, depth, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            part(b"IHDR", head),
            part(b"tRNS", struct.pack(">H", clear)),
            part(b"IDAT", zlib.compress(b"\0" + row)),
            part(b"IEND", b""),
        )
    )


def test_only_the_shade_that_a_png_calls_clear_shows_through():
    deep = struct.pack(">4H", 0, 5, 32896, 65535)
    for depth, row, clear, seen in (
        (2, b"\x1b", 3, [0, 85, 170, None]),
        (4, b"\x05\xaf", 10, [0, 85, None, 255]),
        (8, bytes((0, 85, 170, 255)), 85, [0, None, 170, 255]),
        (16, deep, 5, [0, None, 128, 255]),
        (16, deep, 32896, [0, 0, None, 255]),
        (16, deep, 65535, [0, 0, 128, None]),
    ):
        shown = decode(io.BytesIO(png(depth, row, clear))).picture
        pixels = [shown.getpixel((x, 0)) for x in range(4)]
        assert [p[0] if p[3] else None for p in pixels] == seen, (depth, clear)
