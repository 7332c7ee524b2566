"""What an export writes is never open to more people than what it was made from."""

import pytest
from tests.support.export_world import files_below, make_world

pytestmark = pytest.mark.changes_pictures("gives them other rights")


@pytest.mark.parametrize("action", ["copy", "hardlink", "move"])
@pytest.mark.parametrize("rights", [0o600, 0o640])
def test_pictures_and_sidecars_keep_their_rights(tmp_path, action, rights):
    world = make_world(tmp_path)
    for path in files_below(world.pictures):
        path.chmod(rights)
    world.export(action, sidecars=action == "copy")
    families = [path for path in world.out.glob("*/*") if path.is_file()]
    assert {path.suffix.lower() for path in families} == {".jpg", ".cr2", ".xmp"}
    assert {path.stat().st_mode & 0o777 for path in families} == {rights}
