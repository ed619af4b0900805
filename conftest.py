"""Tests and doctests read messages in English, wherever they run."""

import os

os.environ["FLOWSTD_LANG"] = "en"
