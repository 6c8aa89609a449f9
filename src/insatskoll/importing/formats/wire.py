"""Blocks as plain data, to be sent from the process that reads a file."""

from __future__ import annotations

from typing import Any

from insatskoll.importing.blocks import Block, Cell, Spot, Style, Table, Text


def packed(blocks: tuple[Block, ...]) -> list[Any]:
    """``blocks`` as lists of what JSON knows."""
    return [_packed(block) for block in blocks]


def unpacked(data: list[Any]) -> tuple[Block, ...]:
    """The blocks that :func:`packed` made ``data`` of."""
    return tuple(_unpacked(block) for block in data)


def _packed(block: Block) -> list[Any]:
    spot = [block.spot.paragraph, block.spot.page, block.spot.place]
    if isinstance(block, Text):
        look = [block.style.value, block.level, block.bold, block.size, block.lead]
        return ["text", spot, block.words, *look]
    rows = [[[packed(cell.blocks), cell.rows, cell.columns] for cell in row] for row in block.rows]
    return ["table", spot, rows, block.heads]


def _unpacked(data: list[Any]) -> Block:
    kind, spotted, *rest = data
    spot = Spot(*spotted)
    if kind == "text":
        words, style, level, bold, size, lead = rest
        return Text(words, spot, Style(style), level, bold, size, lead)
    rows, heads = rest
    cells = tuple(
        tuple(Cell(unpacked(blocks), high, wide) for blocks, high, wide in row) for row in rows
    )
    return Table(cells, spot, heads)
