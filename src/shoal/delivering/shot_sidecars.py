"""What the sidecars of a shot are to say in an export: all of them the same, none less than there was.

Each program reads one of them only. One that is there is brought up to date in place; a new one takes over what another
has, or what the picture says inside, for programs that find a sidecar look no further.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from shoal.delivering.picture_marks import Shot, SourcePacket, about, is_version, look_at_shot
from shoal.domain.companions import same_name
from shoal.domain.export_plan import PlannedSidecar
from shoal.domain.images import ImageRecord, SkippedImage
from shoal.domain.marks import Marks, joined
from shoal.domain.sentence import Sentence
from shoal.exports.sidecars import (
    LONGEST_SIDECAR,
    develops,
    full_sidecar,
    merged_sidecar,
    new_sidecar,
    reclustered_sidecar,
)
from shoal.files.safe_files import SourceTrouble, read_file

_LEFT_ALONE = Sentence("it could not take the cluster: it is not XMP that can be changed safely")


@dataclass(slots=True)
class SidecarRemarks:
    """What there is to tell: sidecars that could not take the cluster, and pictures of which two places disagree."""

    lacking: list[SkippedImage] = field(default_factory=list)
    contradicting: list[SkippedImage] = field(default_factory=list)


class ShotSidecars:
    """Knows what was said of one picture, and makes its sidecars. Reads files when it is made."""

    def __init__(
        self,
        record: ImageRecord,
        cluster: str,
        targets: Mapping[Path, Path] | None,
        remarks: SidecarRemarks,
        has_moved: bool,
    ) -> None:
        """`cluster` "": none. `targets`: where the pictures of the shot go; None where an object is cut out of them.

        `has_moved`: an earlier export moved them, and the sidecars that it wrote are all that there is.
        """
        self._shot: Shot = look_at_shot(record.path, record.companions)
        self.cluster = cluster
        self._has_moved = has_moved
        self._cluster = Marks((cluster,) if cluster else ())
        self._marks = joined([self._cluster, self._shot.marks])
        self._is_cut_out = targets is None
        self._renamed = {(targets or {}).get(path, path): path for path in self._shot.pictures}
        self._remarks = remarks
        for contradiction in self._shot.contradictions:
            remarks.contradicting.append(SkippedImage(record.path, contradiction.sentence))

    def content(self, sidecar: PlannedSidecar) -> bytes | None:
        """None where there is nothing to say, or nothing that may be said: then what is there stays as it is."""
        if sidecar.replaces is not None and (sidecar.worked_in or self._has_moved):
            return self._put_right(sidecar.replaces.source, sidecar.told)
        if not self._marks and sidecar.merges is None:
            return None
        if self._is_cut_out:  # how the whole picture is developed and cropped is not so of a part of it
            return new_sidecar(self._marks)
        if sidecar.merges is None:
            return self._new(sidecar.target.stem)
        return self._changed(sidecar.merges)

    def _put_right(self, standing: Path, told: str) -> bytes | None:
        """All that another program says there stays; where the cluster cannot be changed, the file does."""
        try:
            content = reclustered_sidecar(read_file(standing, LONGEST_SIDECAR), told, self.cluster)
        except SourceTrouble:
            content = None
        if content is None:
            self._remarks.lacking.append(SkippedImage(standing, _LEFT_ALONE))
        return content

    def _changed(self, path: Path) -> bytes | None:
        """None also where it says it all already."""
        try:
            present = read_file(path, LONGEST_SIDECAR)
        except SourceTrouble:
            present = b""
        if is_version(path, self._shot.pictures):
            content = merged_sidecar(present, self._cluster)
        else:
            others = [packet for packet in self._shot.packets if packet.is_sidecar and packet.path != path]
            content = self._full(present, about(path.stem, self._shot.pictures), others)
        if content is None and self._marks:
            self._remarks.lacking.append(SkippedImage(path, _LEFT_ALONE))
        return None if content == present else content

    def _new(self, named: str) -> bytes | None:
        """After the sidecar that there was for these pictures, else after what they say inside."""
        pictures = frozenset(self._renamed[path] for path in about(named, list(self._renamed)))
        sidecars = [packet for packet in self._shot.packets if packet.is_sidecar and packet.content]
        embedded = [packet for packet in self._shot.packets if not packet.is_sidecar and packet.content]
        bases = [packet for packet in sidecars if packet.about & pictures] or [
            packet for packet in embedded if packet.about & pictures
        ]
        if bases and self._is_developed_by_the_shots(bases[0], named):
            return None
        rest = dict.fromkeys((*bases, *sidecars))
        tries = [(base.content, [packet for packet in rest if packet is not base]) for base in bases]
        tries += [(new_sidecar(Marks()), sidecars), (new_sidecar(Marks()), [])]
        return next(filter(None, (self._full(base, pictures, others) for base, others in tries)), None)

    def _is_developed_by_the_shots(self, base: SourcePacket, named: str) -> bool:
        """darktable takes over how Lightroom developed a RAW from IMG.xmp, and only where there is no IMG.CR2.xmp."""
        names = {same_name(path.name) for path in self._renamed}
        of_the_shot = same_name(base.path.stem) not in {same_name(path.name) for path in self._shot.pictures}
        return base.is_sidecar and of_the_shot and same_name(named) in names and develops(base.content)

    def _full(self, base: bytes, pictures: frozenset[Path], others: Sequence[SourcePacket]) -> bytes | None:
        same = [packet.content for packet in others if packet.about & pictures]
        beside = [packet.content for packet in others if not packet.about & pictures]
        return full_sidecar(base, same, beside, self._marks)
