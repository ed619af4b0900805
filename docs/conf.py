"""How flowstd's own documentation is built: ``sphinx-build -W docs docs/_build``."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import pages  # noqa: E402

import flowstd  # noqa: E402

project = "flowstd"
author = "flowstd"
version = release = flowstd.__version__
language = "zh_CN"

extensions = ["flowstd.ext.sphinx", "myst_parser", "sphinx.ext.autodoc"]
flowstd_catalogue = "../examples/bureau"
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "changes", "pages", "images", "examples"]

autodoc_member_order = "bysource"
autodoc_typehints = "none"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
add_module_names = False

html_theme = "furo"
html_title = "flowstd"
html_static_path = ["_static"]
html_css_files = ["docs.css"]
html_show_copyright = False
html_show_sourcelink = False
html_copy_source = False


def setup(app):
    """Write the pages that are made from the code before Sphinx looks for pages."""
    app.connect("config-inited", lambda app, config: pages.write(Path(app.srcdir) / "made"))
