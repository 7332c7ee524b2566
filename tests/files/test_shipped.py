from shoal.files import shipped
from shoal.files.shipped import resource


def test_what_ships_with_the_program_is_found_in_a_checkout_and_in_a_package(tmp_path, monkeypatch):
    package, checkout = tmp_path / "package", tmp_path / "checkout"
    for folder, names in ((package, ["both"]), (checkout, ["both", "one"])):
        folder.mkdir()
        for name in names:
            (folder / name).write_text(name)
    monkeypatch.setattr(shipped, "RESOURCE_FOLDERS", (package, checkout))
    assert resource("both") == package / "both"
    assert resource("one") == checkout / "one"
    assert resource("none") is None


def test_this_copy_has_its_guide_and_its_translations():
    for name in ("help/en/browsing.md", "i18n/shoal_zh_CN.ts"):
        file = resource(name)
        assert file is not None
        assert file.stat().st_size > 100
