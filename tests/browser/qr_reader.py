"""Reads a QR code (ISO/IEC 18004, byte mode, versions 1 to 10, level M) from its modules; checks every block's error correction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Rows = Sequence[Sequence[int]]

CORRECTION = (10, 16, 26, 18, 24, 16, 18, 22, 22, 26)
BLOCKS = (1, 1, 1, 2, 2, 4, 4, 4, 5, 5)
CENTRES = ((), (6, 18), (6, 22), (6, 26), (6, 30), (6, 34), (6, 22, 38), (6, 24, 42), (6, 26, 46), (6, 28, 50))
MASKS = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: y % 2 == 0,
    lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: (y * x) % 2 + (y * x) % 3 == 0,
    lambda y, x: ((y * x) % 2 + (y * x) % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + (y * x) % 3) % 2 == 0,
)
EXPONENT = [1] * 512
for power in range(1, 512):
    doubled = EXPONENT[power - 1] << 1
    EXPONENT[power] = doubled ^ 0x11D if doubled > 255 else doubled
LOGARITHM = {EXPONENT[power]: power for power in range(255)}


def read_code(rows: Rows) -> str:
    """The text; `AssertionError` where a module of the frame, the format or a block's correction is wrong."""
    version = (len(rows) - 17) // 4
    check_frame(rows)
    mask = MASKS[read_mask(rows)]
    words = list(codewords(rows, version, mask))
    data = b"".join(blocks(words, version))
    bits = int.from_bytes(data, "big")
    length_bits = 16 if version > 9 else 8
    size = len(data) * 8
    assert bits >> (size - 4) == 0b0100
    count = bits >> (size - 4 - length_bits) & ((1 << length_bits) - 1)
    text = bits >> (size - 4 - length_bits - 8 * count) & ((1 << 8 * count) - 1)
    return text.to_bytes(count, "big").decode()


def check_frame(rows: Rows) -> None:
    """The three finders with their white rings, and the timing lines."""
    size = len(rows)
    finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        assert ["".join(map(str, rows[top + step][left : left + 7])) for step in range(7)] == finder
    assert not any(rows[7][step] or rows[step][7] for step in range(8))
    assert all(rows[6][step] == rows[step][6] == (step + 1) % 2 for step in range(8, size - 8))


def read_mask(rows: Rows) -> int:
    """The mask's number from the format, which stands twice and says level M."""
    size = len(rows)
    one = [rows[8][x] for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [rows[y][8] for y in (7, 5, 4, 3, 2, 1, 0)]
    other = [rows[y][8] for y in range(size - 1, size - 8, -1)] + [rows[8][x] for x in range(size - 8, size)]
    assert one == other
    value = int("".join(map(str, one)), 2) ^ 0b101010000010010
    rest = value
    for bit in range(14, 9, -1):
        if rest >> bit & 1:
            rest ^= 0b10100110111 << (bit - 10)
    assert rest == 0
    assert value >> 13 == 0
    return value >> 10


def is_fixed(y: int, x: int, size: int, version: int) -> bool:
    """Whether a module belongs to finders, format, timing, alignment or version."""
    if (y < 9 and (x < 9 or x >= size - 8)) or (y >= size - 8 and x < 9) or 6 in (y, x):
        return True
    if version > 6 and ((y < 6 and x >= size - 11) or (x < 6 and y >= size - 11)):
        return True
    centres = CENTRES[version - 1]
    corners = {(6, 6), (6, centres[-1]), (centres[-1], 6)} if centres else set()
    return any(
        abs(y - row) < 3 and abs(x - column) < 3
        for row in centres
        for column in centres
        if (row, column) not in corners
    )


def codewords(rows: Rows, version: int, mask: object) -> Iterator[int]:
    size, bits = len(rows), []
    columns = (*range(size - 1, 6, -2), 5, 3, 1)
    for turn, right in enumerate(columns):
        for y in range(size) if turn % 2 else range(size - 1, -1, -1):
            bits += [rows[y][x] ^ mask(y, x) for x in (right, right - 1) if not is_fixed(y, x, size, version)]  # type: ignore[operator]
    for start in range(0, len(bits) - 7, 8):
        yield int("".join(str(int(bit)) for bit in bits[start : start + 8]), 2)


def blocks(words: list[int], version: int) -> Iterator[bytes]:
    """The data of each block, once its correction has been found right."""
    count, extra = BLOCKS[version - 1], CORRECTION[version - 1]
    sizes = [(len(words) - count * extra) // count] * count
    for place in range((len(words) - count * extra) % count):
        sizes[-1 - place] += 1
    stream = iter(words)
    parts: list[list[int]] = [[] for _ in sizes]
    for step in range(max(sizes)):
        for part, size in zip(parts, sizes, strict=True):
            if step < size:
                part.append(next(stream))
    for _ in range(extra):
        for part in parts:
            part.append(next(stream))
    for part, size in zip(parts, sizes, strict=True):
        assert all(syndrome(part, root) == 0 for root in range(extra))
        yield bytes(part[:size])


def syndrome(part: list[int], root: int) -> int:
    value = 0
    for word in part:
        value = (EXPONENT[LOGARITHM[value] + root] if value else 0) ^ word
    return value
