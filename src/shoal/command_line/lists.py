"""Numbers of things and lists of files, as lines for people and as values for scripts."""

from collections.abc import Iterator, Sequence

from shoal.command_line.terminal import printable
from shoal.domain.images import ImageRecord, SkippedImage
from shoal.looking.snapshot import damaged_among

MOST_LISTED = 20


def counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def as_skipped(skipped: Sequence[SkippedImage]) -> list[dict[str, str]]:
    return [{"path": str(image.path), "reason": image.reason} for image in skipped]


def skipped_lines(skipped: Sequence[SkippedImage]) -> Iterator[str]:
    return listed(f"Left out {counted(len(skipped), 'file')}:", [f"{image.path}: {image.reason}" for image in skipped])


def damaged_lines(images: Sequence[ImageRecord]) -> Iterator[str]:
    """What was sorted although only a part of it was there."""
    files = [str(image.path) for image in damaged_among(images)]
    return listed(f"Damaged, and read only in part: {counted(len(files), 'file')}:", files)


def listed(heading: str, texts: Sequence[str]) -> Iterator[str]:
    """Nothing where there is nothing to list."""
    if texts:
        yield heading
    for text in texts[:MOST_LISTED]:
        yield f"  {printable(text)}"
    if len(texts) > MOST_LISTED:
        yield f"  and {len(texts) - MOST_LISTED} more; --json lists them all"
