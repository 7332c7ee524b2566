"""onnxscript reads the source of its own functions when it is imported."""

from PyInstaller.utils.hooks import collect_submodules

module_collection_mode = "pyz+py"
hiddenimports = collect_submodules("onnxscript", filter=lambda name: "test" not in name)
