"""How the documentation is built: `make docs`."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

project = "Shoal"
copyright = "the makers of Shoal"
language = "en"
extensions = ["myst_parser", "sphinx.ext.autodoc", "rooms_drawing", "catalogue_tables"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Shoal"
html_show_sphinx = False
html_static_path: list[str] = []
html_logo = "../icons/shoal.svg"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"show-inheritance": False}
default_role = "code"  # docstrings put names between single backquotes
suppress_warnings = ["ref.python"]
