"""Files in the manner of other tools and of the interchange suite, written by us: prefixes, extensions and quirks.

None of them is a file of that tool. The model is text, as the tool would write it; the diagram is made from a grid.
"""

from __future__ import annotations

from tests.bpmn.manner.suite import SUITE
from tests.bpmn.manner.vendors import VENDORS

FILES: dict[str, bytes] = {**SUITE, **VENDORS}
