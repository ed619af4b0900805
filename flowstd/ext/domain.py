"""What Sphinx remembers between builds: where each item and rule is shown, and what each page was made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from flowstd.base.errors import FlowstdError
from flowstd.base.near import did_you_mean
from flowstd.base.text import Text
from flowstd.catalog.config import open_catalogue

from .sources import files_of

if TYPE_CHECKING:
    from docutils.nodes import Element, reference
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import RoleFunction

    from .pieces import Picture

logger = logging.getLogger(__name__)


class FlowstdDomain(Domain):
    """Items and rules as things that pages may refer to: ``:flowstd:item:`CODE```, ``:flowstd:rule:`STR005```."""

    name = "flowstd"
    label = "flowstd"
    object_types: ClassVar[dict[str, ObjType]] = {
        "item": ObjType("item", "item"), "rule": ObjType("rule", "rule")}
    roles: ClassVar[dict[str, RoleFunction | XRefRole]] = {
        "item": XRefRole(warn_dangling=True), "rule": XRefRole(warn_dangling=True)}
    dangling_warnings: ClassVar[dict[str, str]] = {
        "item": "no page shows the item %(target)s / 没有页面画出事项 %(target)s",
        "rule": "no page shows the rule %(target)s / 没有页面讲规则 %(target)s"}
    initial_data: ClassVar[dict[str, Any]] = {
        "objects": {},                 # page → kind:key → (anchor, title)
        "catalogues": {},              # page → folder → files
        "failed": {},                  # page → True
    }
    data_version = 1

    # ---- what pages tell

    def note_object(self, kind: str, key: str, page: str, title: str) -> str:
        """Remember that *page* shows an item or a rule; its anchor there."""
        shown = self.data["objects"].setdefault(page, {})
        anchor, number = plain(f"{kind}-{key}"), 1
        while any(anchor == taken for taken, _ in shown.values()):
            number += 1
            anchor = plain(f"{kind}-{key}-{number}")
        shown.setdefault(f"{kind}:{key}", (anchor, title))
        if number > 1:
            shown[f"again:{anchor}"] = (anchor, title)
        return anchor

    def note_use(self, page: str, folders: Iterable[Path], *, failed: bool) -> None:
        """Remember which catalogues *page* was made from, and whether something went wrong."""
        for folder in folders:
            self.data["catalogues"].setdefault(page, {})[str(folder)] = files_in(str(folder))
        if failed:
            self.data["failed"][page] = True

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        for part in self.initial_data:
            self.data[part].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        for part in self.initial_data:
            self.data[part].update({page: told for page, told in otherdata[part].items() if page in docnames})

    # ---- what builds ask

    def outdated(self) -> list[str]:
        """Pages that failed, so that they are told again, and those whose catalogues have other files than before."""
        changed = [page for page, folders in self.data["catalogues"].items()
                   if any(files_in(folder) != files for folder, files in folders.items())]
        return sorted({*self.data["failed"], *changed})

    def find(self, kind: str, key: str, page: str) -> tuple[str, str, str] | None:
        """Page, anchor and title of an item, by its key, code or name, or of a rule; *page* itself comes first."""
        for shown in sorted(self.data["objects"], key=lambda one: (one != page, one)):
            for told, (anchor, title) in self.data["objects"][shown].items():
                of, _, known = told.partition(":")
                if of == kind and (key in (known, title) or (kind == "item" and known.startswith(f"{key}."))):
                    return shown, anchor, title
        return None

    def links_of(self, picture: Picture, builder: Builder, node: Element) -> dict[str, str]:
        """Step → address: what the author of a page links, and the charts that calls name, where they are shown."""
        page = builder.current_docname  # type: ignore[attr-defined]
        found = {}
        for step, item in picture.calls().items():
            place = self.find("item", item, page)
            if place:
                found[step] = builder.get_relative_uri(page, place[0]) + f"#{place[1]}"
        for step, target in picture.links.items():
            found[step] = self._address(target, page, builder, node)
        return found

    def _address(self, target: str, page: str, builder: Builder, node: Element) -> str:
        """The address of *target*: a page of ours, a label, an item, or an address already."""
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|#|[^#]*\.\w+(?:#|$)", target):
            return target
        name, _, anchor = target.partition("#")
        labels = self.env.domains.standard_domain.labels
        item = self.find("item", target, page)
        if item:
            name, anchor = item[0], item[1]
        elif target.lower() in labels:
            name, anchor = labels[target.lower()][:2]
        else:
            name = self.env.relfn2path(f"{name}.x", page)[0].removesuffix(".x")
        if name not in self.env.all_docs:
            fix = did_you_mean(target, sorted(self.env.all_docs))
            told = Text(f"没有页面“{target}”。{fix.zh}", f'there is no page "{target}"; {fix.en}')
            logger.warning("%s", told, location=node, type="flowstd", subtype="link")
            return ""
        return builder.get_relative_uri(page, name) + (f"#{anchor}" if anchor else "")

    def resolve_xref(self, env: BuildEnvironment, fromdocname: str, builder: Builder, typ: str, target: str,
                     node: pending_xref, contnode: Element) -> reference | None:
        """The reference to an item or a rule."""
        place = self.find(typ, target, fromdocname)
        if place is None:
            return None
        return make_refnode(builder, fromdocname, place[0], place[1], contnode, place[2])

    def resolve_any_xref(self, env: BuildEnvironment, fromdocname: str, builder: Builder, target: str,
                         node: pending_xref, contnode: Element) -> list[tuple[str, reference]]:
        """The references that *target* may mean."""
        found = [(f"flowstd:{kind}", self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode))
                 for kind in self.object_types]
        return [(role, reference) for role, reference in found if reference is not None]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every item and rule, for search and for other projects."""
        for page, shown in self.data["objects"].items():
            for told, (anchor, title) in shown.items():
                kind, _, key = told.partition(":")
                if kind in self.object_types:
                    yield key, title, kind, page, anchor, 1


def plain(words: str) -> str:
    """*words* as an anchor.

    >>> plain("item-EX 0001.新办")
    'item-EX-0001.新办'
    """
    return re.sub(r"[^\w.-]+", "-", words)


def files_in(folder: str) -> list[str]:
    """The files of one catalogue; none where it cannot be read, which the page itself tells."""
    try:
        return [str(file) for file in files_of(open_catalogue(Path(folder)))]
    except FlowstdError:
        return []
