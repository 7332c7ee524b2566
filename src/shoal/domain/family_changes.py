"""Bringing one family up to date that stands in the export folder already."""

import re
from collections.abc import Sequence
from pathlib import Path

from shoal.domain.companions import Role
from shoal.domain.export_plan import PlannedFile, PlannedMove, PlannedSidecar, SourceFile
from shoal.domain.images import SkippedImage
from shoal.domain.kin import called_as
from shoal.domain.residents import (
    CHANGED,
    MOVED_BY_USER,
    NOT_OURS,
    ONLY_THE_CLUSTER,
    THROWN_AWAY,
    Resident,
    Stood,
    Surroundings,
    Wanted,
    WantedSidecar,
    kind_of,
    same_as_by,
    set_aside,
    told_by,
    was_worked_in,
)
from shoal.domain.safe_names import numbered, safe_stem
from shoal.domain.sentence import Sentence


class FamilyThere:
    """One family whose picture stands: where it goes, and what of it has to be written anew."""

    def __init__(self, around: Surroundings, wanted: Wanted, resident: Resident) -> None:
        self._root, self._folder, self._options, self._draft = around.root, around.folder, around.options, around.draft
        self._names, self._disk = around.names, around.disk
        self._wanted, self._resident = wanted, resident
        self._at = self._root / resident.lead.place
        self._others = [other for other in resident.others if other.state != "gone"]

    def place(self) -> None:
        places = [self._root / other.place for other in self._others]
        beside = [path for path in self._folder.beside(self._resident.lead.place) if path not in places]
        kin = [*places, *beside]
        self._becomes = self._new_place(kin)
        self._targets = self._targets_of(kin) | {self._at: self._becomes}
        left = {other.file.target: other for other in self._others}
        for member in self._wanted.members:
            stood = self._resident.of(member.found_as)
            self._place_member(member, stood)
            left.pop(stood.file.target if stood else "", None)
        for sidecar in self._wanted.sidecars:
            stood = self._written(sidecar)
            self._place_sidecar(sidecar, stood)
            left.pop(stood.file.target if stood else "", None)
        for other in left.values():
            self._go_along(other)
        for path in beside:
            self._move(path, "beside", "")

    # --- where it goes

    def _new_place(self, kin: Sequence[Path]) -> Path:
        lead, wanted = self._resident.lead, self._wanted
        plain = safe_stem(wanted.stem, wanted.longest)
        if self._at.parent == wanted.folder and self._is_called(plain):
            return self._at
        if lead.place != lead.file.target:
            self._note(lead.place, MOVED_BY_USER)
            return self._at
        first = wanted.folder / wanted.form.name(plain, "", True)
        for text, number in numbered(wanted.stem, self._names.first_number(first)):
            chosen = safe_stem(text, [number + ending for ending in wanted.longest])
            target = wanted.folder / wanted.form.name(chosen, number, wanted.keeps)
            targets = [target, *called_as(kin, self._at, target), *self._new_names(target)]
            if not any(map(self._is_in_the_way, targets)):
                break
        self._names.claim(targets)
        return target

    def _is_in_the_way(self, path: Path) -> bool:
        return path != self._at and self._names.is_taken(path)

    def _is_called(self, stem: str) -> bool:
        """As it would be called now, with whatever number it may have got."""
        if self._at.name == self._wanted.form.name(stem, "", self._wanted.keeps):
            return True
        before, _, after = self._wanted.form.name(stem, "\0", False).partition("\0")
        return bool(re.fullmatch(re.escape(before) + r"( \(\d+\))?" + re.escape(after), self._at.name))

    def _new_names(self, becomes: Path) -> list[Path]:
        """Of members and sidecars that have come to the family since."""
        names = [member.found_as for member in self._wanted.members if self._resident.of(member.found_as) is None]
        names += [sidecar.beside for sidecar in self._wanted.sidecars if self._written(sidecar) is None]
        return called_as(names, self._wanted.record.path, becomes)

    def _targets_of(self, kin: Sequence[Path]) -> dict[Path, Path]:
        """What the user has parted comes together where the picture is; else all keep their names, or none does."""
        if self._becomes != self._at:
            return dict(zip(kin, called_as(kin, self._at, self._becomes), strict=True))
        targets = {path: path for path in kin}
        lead = self._resident.lead
        if lead.place != lead.file.target:
            stayed = [self._root / other.place for other in self._others if other.place == other.file.target]
            renamed = dict(zip(stayed, called_as(stayed, self._root / lead.file.target, self._at), strict=True))
            targets |= {path: target for path, target in renamed.items() if not self._names.is_taken(target)}
        return targets

    # --- its members

    def _place_member(self, member: SourceFile, stood: Stood | None) -> None:
        if stood is None or (stood.state == "gone" and self._options.bring_back):
            self._add(member, called_as([member.found_as], self._wanted.record.path, self._becomes)[0])
        elif stood.state == "gone":
            self._note(stood.file.target, THROWN_AWAY)
        elif self._is_up_to_date(member, stood) or stood.state == "changed":
            self._keep(member, stood)
        else:
            self._draft.moves.append(set_aside(self._root, stood, self._wanted.record.path))
            self._write(member, self._targets[self._root / stood.place])

    def _add(self, member: SourceFile, target: Path) -> None:
        if not self._names.is_on_disk(target):
            self._names.claim([target])
            self._write(member, target)
        elif self._disk.is_exported(member, target, self._options.action):
            self._draft.files.append(PlannedFile(self._wanted.record.id, member, target, True))
        else:
            self._draft.notes.append(SkippedImage(target, NOT_OURS))

    def _keep(self, member: SourceFile, stood: Stood) -> None:
        if stood.state == "changed":
            self._note(stood.place, CHANGED)
        place = self._root / stood.place
        target = self._targets[place]
        earlier = None if place == target else place
        self._draft.files.append(PlannedFile(self._wanted.record.id, member, target, True, earlier))
        self._move(place, "picture" if stood is self._resident.lead else "companion", stood.file.target)

    def _is_up_to_date(self, member: SourceFile, stood: Stood) -> bool:
        file = stood.file
        if file.action == "move":
            return True  # the original itself
        if kind_of(file.action) != kind_of("crop" if member.crop else self._options.action):
            return False
        if file.action == "symlink":
            return file.source == str(member.path)
        if (file.size, file.modified_ns) == (member.stamp.size, member.stamp.modified_ns):
            return True
        if file.action in {"copy", "reflink"} and member.content_hash and file.content_hash:
            return member.content_hash == file.content_hash
        place = self._root / stood.place
        return stood.state == "as made" and self._disk.is_exported(member, place, self._options.action)

    def _write(self, member: SourceFile, target: Path) -> None:
        self._draft.add(self._wanted.record.id, member, target, self._options, self._disk)

    def _move(self, path: Path, role: Role, key: str) -> None:
        target = self._targets[path]
        if path != target:
            self._draft.moves.append(PlannedMove(path, target, self._wanted.record.path, role, key))

    def _go_along(self, member: Stood) -> None:
        if member.state == "changed":
            self._note(member.place, CHANGED)
        self._move(self._root / member.place, member.file.role or "companion", member.file.target)

    def _note(self, place: str, reason: Sentence) -> None:
        self._draft.notes.append(SkippedImage(self._root / place, reason))

    # --- its sidecars

    def _written(self, sidecar: WantedSidecar) -> Stood | None:
        """What stands for a sidecar: it was written there, or what it merges was copied there."""
        lead = self._root / self._resident.lead.file.target
        name = called_as([sidecar.beside], self._wanted.record.path, lead)[0]
        return next((other for other in self._resident.others if self._root / other.file.target == name), None)

    def _place_sidecar(self, sidecar: WantedSidecar, stood: Stood | None) -> None:
        """Written anew only where it would say something else by now; of what somebody has changed only the cluster."""
        image, key = self._wanted.record.id, self._wanted.key
        if stood is None or (stood.state == "gone" and self._options.bring_back):
            target = called_as([sidecar.beside], self._wanted.record.path, self._becomes)[0]
            if self._names.is_on_disk(target):
                self._draft.notes.append(SkippedImage(target, NOT_OURS))
            else:
                self._draft.sidecars.append(PlannedSidecar(image, target, sidecar.merges, None, key))
        elif stood.state == "gone":
            self._note(stood.file.target, THROWN_AWAY)
        elif same_as_by(stood.file.key) == key:
            self._go_along(stood)
        else:
            if stood.state == "changed":
                self._note(stood.place, ONLY_THE_CLUSTER)
            worked_in = stood.state == "changed" or was_worked_in(stood.file.key)
            told = told_by(stood.file.key)
            target = self._targets[self._root / stood.place]
            replaces = set_aside(self._root, stood, self._wanted.record.path)
            self._draft.sidecars.append(PlannedSidecar(image, target, sidecar.merges, replaces, key, told, worked_in))
