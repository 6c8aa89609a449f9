"""Ways to damage a file, each a function of its content and a seeded source of chance."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from insatskoll.catalogue import canonical

# What a careless hand or a hostile one puts into a file.
_TOKENS = [
    *(
        "\x00",
        "\x1b[2J",
        "\r",
        "\t",
        "\u00a0",
        "\u00ad",
        "\u200b",
        "\u202e",
        "\u2066",
        "\u061c",
        "\U000e0041",
        "\ufeff",
    ),
    *(
        "a\u030a",
        "а",
        "汉",
        "👍",
        "١٢",
        "<<: *a",
        "&a ",
        "*a",
        "!!python/object/apply:os.system ['x']",
        "!!binary x",
        "---\n",
        "...",
    ),
    *(
        "- - - - - - ",
        "? ",
        "[[[[",
        "{{{{",
        "]",
        "}",
        '"',
        "'",
        "|",
        ">",
        "%YAML 9",
        "`",
        "@",
        "#",
        " #x",
        ":",
        ": ",
        "=",
        "~",
    ),
    *(
        "1e999",
        "0x1F",
        "0o7",
        "-0",
        ".inf",
        ".nan",
        "9" * 400,
        "12:30",
        "null",
        "yes",
        "2025-02-30",
        "${jndi:ldap://x}",
    ),
    *(
        "{{ 7*7 }}",
        "{% raw %}",
        "<script>",
        "]]>",
        "\\",
        "../../../etc/passwd",
        "::error::x",
        "$(id)",
        "\n",
        "\n\n",
        "  ",
        "x" * 3000,
    ),
]
# A value of every other type, and those at the limits.
_VALUES: list[Any] = [
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        10**9,
        10**30,
        -(10**30),
        0.5,
        "",
        " ",
        "ja",
        "nej",
        "x",
        "\n",
        "2025-02-30",
        "9999-12-31",
    ),
    *(
        [],
        {},
        [[]],
        [{}],
        {"": 1},
        {"x": {}},
        ["x", "x"],
        [None],
        "x" * 9000,
        "å" * 60,
        "(a+)+$",
        "\\",
        "(",
        "{namn}",
        "{x}",
    ),
    *(
        "SoL 99 kap. 9 §",
        "IK301",
        "individnivå",
        "\u00a0",
        "\u202e",
        "汉字",
        "👍",
        "= 1",
        "1. x",
        "KOM001",
        1e308,
        -0.0,
        "lista",
    ),
]


def damaged_bytes(raw: bytes, chance: Random) -> bytes:
    """``raw`` with one to three small damages."""
    for _ in range(chance.randint(1, 3)):
        raw = chance.choice(_DAMAGES)(raw, chance)
    return raw


def _flip(raw: bytes, chance: Random) -> bytes:
    if not raw:
        return raw
    at = chance.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ (1 << chance.randrange(8))]) + raw[at + 1 :]


def _cut(raw: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(raw) + 1)
    return raw[:start] + raw[start + chance.randint(1, 40) :]


def _end(raw: bytes, chance: Random) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)]


def _noise(raw: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + chance.randbytes(chance.randint(1, 8)) + raw[at:]


def _token(raw: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + chance.choice(_TOKENS).encode() + raw[at:]


def _lines(change: Callable[[list[bytes], int, Random], None]) -> Callable[[bytes, Random], bytes]:
    def damage(raw: bytes, chance: Random) -> bytes:
        lines = raw.splitlines(keepends=True)
        if lines:
            change(lines, chance.randrange(len(lines)), chance)
        return b"".join(lines)

    return damage


def _without(lines: list[bytes], at: int, _: Random) -> None:
    del lines[at]


def _twice(lines: list[bytes], at: int, chance: Random) -> None:
    lines[at:at] = [lines[at]] * chance.randint(1, 3)


def _swapped(lines: list[bytes], at: int, chance: Random) -> None:
    other = chance.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def _indented(lines: list[bytes], at: int, chance: Random) -> None:
    lines[at] = chance.choice([b" ", b"  ", b"\t", "\u00a0".encode()]) + lines[at]


def _outdented(lines: list[bytes], at: int, chance: Random) -> None:
    lines[at] = lines[at][chance.randint(1, 2) :]


_DAMAGES: list[Callable[[bytes, Random], bytes]] = [
    *(_flip, _cut, _end, _noise, _token, _token, _token),
    *map(_lines, (_without, _twice, _swapped, _indented, _outdented)),
]


def damaged_values(data: Any, chance: Random) -> Any:
    """``data`` with one to three values exchanged, removed, doubled or renamed, anywhere in it."""
    data = copy.deepcopy(data)
    for _ in range(chance.randint(1, 3)):
        places = list(_places(data))
        if not places:
            break
        _damage(*chance.choice(places), chance)
    return data


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every container with each of its keys or indices."""
    keys = (
        list(data) if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    )
    for key in keys:
        yield data, key
        yield from _places(data[key])


def _damage(container: Any, key: Any, chance: Random) -> None:
    match chance.randrange(6):
        case 0:
            del container[key]
        case 1 if isinstance(container, dict):
            container[chance.choice(["x", "namn", "Ålder", "", f"{key}s", f"{key}\u00ad"])] = (
                container.pop(key)
            )
        case 1 | 2 if isinstance(container, list):
            container.insert(chance.randrange(len(container) + 1), copy.deepcopy(container[key]))
        case _:
            container[key] = copy.deepcopy(chance.choice(_VALUES))


def as_yaml(data: Any) -> bytes:
    """The data as a YAML file."""
    return canonical.to_yaml(data).encode("utf-8", "surrogatepass")


def as_json(data: Any) -> bytes:
    """The data as a JSON file."""
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")
