"""``flowstd.toml``: what a folder of items has in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from flowstd.base.errors import BadUse, FlowstdError, UnknownName
from flowstd.base.files import read_source
from flowstd.base.near import did_you_mean
from flowstd.base.process import Limits
from flowstd.base.text import UNSHOWN, Text, short
from flowstd.base.where import NOWHERE, Where
from flowstd.bpmn.dialect import OPTIONS as BPMN_OPTIONS
from flowstd.item.allowance import Granted
from flowstd.item.model import Item
from flowstd.item.problems import field_names, problems_of
from flowstd.item.source import item_from
from flowstd.pipeline import (
    COLLAPSES,
    DECLARED,
    DIRECTIONS,
    DOWN,
    EDITION,
    INTERNAL,
    LANE_ORDERS,
    NEVER,
    THEME,
    VIEWS,
    compile_case,
)
from flowstd.standard import edition as standard

from .granted import read_granted
from .listed import KEY as LISTED
from .source import Source, unknown_key
from .toml_text import read_toml

if TYPE_CHECKING:
    from flowstd.ir.case import Case
    from flowstd.pipeline import Chart

NAME = "flowstd.toml"
KEYS = ("title", "edition", "view", "direction", "theme", "collapse", "lane_order", "profile", "authority", "items",
        "rules", "defaults", "columns", "output", "allow", "basic_catalogue", "build", "bpmn")
OFFICE = (".xls", ".xlsm", ".et")   # workbooks that are read once they are saved as .xlsx
HELPER = "_"              # what begins the name of a module that holds no items: others import it
LOCK = "~$"               # what Excel puts beside a workbook that is open
PROFILE = "national"
KINDS = (".csv", ".xlsx", ".yaml", ".yml", ".py")


class BadConfig(BadUse):
    """``flowstd.toml`` is missing or wrong: nothing can be built, exit code 2."""


class Look(NamedTuple):
    """How every chart of a catalogue is drawn."""

    edition: str = EDITION
    view: str = INTERNAL              # whose chart: internal or external
    direction: str = DOWN
    theme: str = THEME
    collapse: str = NEVER             # whether fragments are drawn as one box each: never, to fit one page, always
    lane_order: str = DECLARED        # lanes as declared, or in the best order

    def chart(self, case: Case) -> Chart:
        """The chart of *case* that looks so."""
        return compile_case(case, **self._asdict())


PLAIN = Look()


@dataclass(frozen=True)
class Catalogue:
    """A folder of items and what ``flowstd.toml`` says of all of them."""

    folder: Path
    source: Source                    # the whole of flowstd.toml
    defaults: Mapping[str, Any]       # elements of every item that does not give its own
    title: str
    look: Look
    limits: Limits
    profile: str
    items: tuple[str, ...]            # patterns of the files that hold items
    columns: Mapping[str, str]        # heading of a sheet → element, where they differ
    rules: str                        # the file that gives each CSV row its scenario and template
    formats: tuple[str, ...]
    output: str
    allow: tuple[Granted, ...]        # rules that need not hold
    basic_catalogue: str              # the table of all items that may be offered; empty: not known
    options: Mapping[str, Mapping[str, str]]      # of formats, by name

    @property
    def edition(self) -> str:
        """The edition of the standard that the charts are drawn to."""
        return self.look.edition

    @property
    def view(self) -> str:
        """Whose charts they are: internal or external."""
        return self.look.view

    @property
    def elements(self) -> dict[str, Any]:
        """What every item is, as long as it says nothing else."""
        return {"profile": self.profile, **self.defaults}

    def files(self) -> Iterator[Path]:
        """The files that hold items, in the order of the patterns, each once, by name within a pattern."""
        seen: set[Path] = set()
        listed = self.folder / self.basic_catalogue
        for number, pattern in enumerate(self.items):
            chosen = any(sign in pattern for sign in "*?[")
            found = sorted(path for path in self._matching(pattern, number)
                           if path not in seen and path != listed and not path.name.startswith(LOCK)
                           and not (chosen and path.suffix == ".py" and path.name.startswith(HELPER)))
            if not found and not chosen:
                raise BadConfig(Text(f"找不到事项文件“{pattern}”", f'there is no item file "{pattern}"'),
                                where=self.source.where("items", number),
                                fix=Text("检查文件名，或从 items 里删去", "check its name, or remove it from items"))
            seen.update(found)
            yield from found
        if not seen:
            raise BadConfig(Text(f"{self.folder} 里没有事项文件", f"{self.folder} holds no item files"),
                            where=self.source.where("items"),
                            fix=Text("放入 .csv、.xlsx、.yaml 或 .py 文件，或改 items",
                                     "put in .csv, .xlsx, .yaml or .py files, or change items"))
        for folder in _folders(seen):
            if folder != self.folder and (folder / NAME).exists():
                raise BadConfig(Text(f"有两个 {NAME}：还有 {folder / NAME}",
                                     f"there are two {NAME}: the other is {folder / NAME}"),
                                where=Where(self.source.file),
                                fix=Text("只留最上面的一个", "keep only the one at the top"))

    def _matching(self, pattern: str, number: int) -> list[Path]:
        try:
            return list(self.folder.glob(pattern))
        except (OSError, ValueError) as error:       # a name longer than any file has, a folder that may not be read
            raise BadConfig(Text(f"找不到“{short(pattern)}”这样的文件", f'cannot look for files like "{short(pattern)}"'),
                            where=self.source.where("items", number),
                            fix=Text("检查文件名的长度和文件夹的权限", "check how long the name is, and who may read the "
                                     "folder")) from error

    def passed_over(self) -> Iterator[Path]:
        """Workbooks and YAML files beside those that hold items, which no pattern takes."""
        taken = set(self.files()) | {self.folder / name for name in (self.basic_catalogue, self.rules) if name}
        for folder in _folders(taken | {self.folder / NAME}):
            yield from sorted(path for path in folder.iterdir() if path not in taken and path.is_file()
                              and path.suffix.casefold() in (".xlsx", ".yaml", ".yml", *OFFICE)
                              and not path.name.startswith((LOCK, ".")))


def _folders(paths: Iterable[Path]) -> list[Path]:
    return sorted({path.parent for path in paths})


def open_catalogue(folder: Path) -> Catalogue:
    """The catalogue in *folder*. Raises BadConfig with the line of ``flowstd.toml``."""
    path = folder / NAME
    if not path.is_file():
        raise BadConfig(Text(f"{folder} 不是目录清单文件夹：里面没有 {NAME}", f"{folder} is no catalogue: it holds no {NAME}"),
                        where=Where(str(path)), fix=Text("用 flowstd new 文件夹 新建一个", "make one with: flowstd new FOLDER"))
    try:
        return _catalogue(folder, read_toml(read_source(path), str(path)))
    except BadConfig:
        raise
    except FlowstdError as error:
        raise BadConfig(error.what, where=error.where, fix=error.fix) from None


def _catalogue(folder: Path, source: Source) -> Catalogue:
    source.only(*KEYS)
    source.get("defaults", dict, {})
    source.get("output", dict, {})
    columns = source.get("columns", dict, {})
    for heading in columns:
        source.part("columns").get(heading, str, "")
    output = source.part("output") if "output" in source.data else Source(source.file, {})
    output.only("folder", "formats")
    folder_out = output.get("folder", str, "")
    _check_shown(folder_out, output.where("folder"))
    defaults = _elements(source)
    items = source.words("items") or ("*.csv", "*.xlsx", "*.yaml", "*.yml", "*.py")
    for number, pattern in enumerate(items):
        _check_pattern(pattern, source.where("items", number))
    return Catalogue(
        folder=folder, source=source,
        defaults=defaults,
        title=source.get("title", str, ""),
        look=_look(source), limits=_limits(source), profile=source.get("profile", str, PROFILE),
        items=items, columns=columns, rules=_inside(source, "rules"),
        formats=output.words("formats") or ("svg", "bpmn"), output=folder_out,
        allow=read_granted(source), basic_catalogue=_listed(source),
        options={"bpmn": _bpmn(source)} if "bpmn" in source.data else {})


def _bpmn(source: Source) -> dict[str, str]:
    """``[bpmn]``: pools and engine of files in BPMN."""
    source.get("bpmn", dict, {})
    part = source.part("bpmn")
    part.only(*BPMN_OPTIONS)
    said = {key: part.get(key, str, "") for key in BPMN_OPTIONS if key in part.data}
    for key, value in said.items():
        if value not in BPMN_OPTIONS[key]:
            raise UnknownName(Text(f"{key} 不能是“{value}”", f'{key} cannot be "{value}"'), where=part.where(key),
                              fix=did_you_mean(value, BPMN_OPTIONS[key]))
    return said


def _listed(source: Source) -> str:
    name = source.get(LISTED, str, "")
    if name:
        _check_pattern(name, source.where(LISTED))
    return name


def _inside(source: Source, key: str) -> str:
    """The path at *key*, which is one inside the folder."""
    name = source.get(key, str, "")
    _check_path(name, source.where(key))
    return name


def _look(source: Source) -> Look:
    given = {key: source.get(key, str, default) for key, default in PLAIN._asdict().items()}
    return checked_look(Look(**given), source)


def checked_look(look: Look, source: Source | None = None) -> Look:
    """*look*, if there is all that it asks for. Raises UnknownName at its line of *source*."""
    known = {"edition": standard.editions(), "view": VIEWS, "direction": DIRECTIONS, "collapse": COLLAPSES,
             "lane_order": LANE_ORDERS}
    if look.edition in known["edition"]:
        known["theme"] = tuple(standard.load(look.edition).palette.themes)
    for key, names in known.items():
        name = getattr(look, key)
        if name not in names:
            words = _LOOKS[key]
            raise UnknownName(Text(f"没有{words.zh}“{name}”", f'there is no {words.en} "{name}"'),
                              where=source.where(key) if source else NOWHERE, fix=did_you_mean(name, names))
    return look


_LOOKS = {"edition": Text("标准版本", "edition"), "view": Text("视图", "view"), "direction": Text("方向", "direction"),
          "theme": Text("配色", "theme"), "collapse": Text("收起方式", "way to collapse"),
          "lane_order": Text("泳道次序", "order of lanes")}


def limits_for(path: Path) -> Limits:
    """What the file at *path* may take: as the nearest flowstd.toml says, beside it or above. Raises BadConfig."""
    for folder in path.absolute().parents:
        if (folder / NAME).is_file():
            return open_catalogue(folder).limits
    return Limits()


def _limits(source: Source) -> Limits:
    """``[build]``: seconds for one chart, memory in MB for one process."""
    source.get("build", dict, {})
    given = source.part("build") if "build" in source.data else Source(source.file, {})
    given.only("seconds", "memory")
    limits = Limits(given.number("seconds", Limits().seconds), given.get("memory", int, Limits().megabytes))
    for key, value, usual, least, most in (("seconds", limits.seconds, Limits().seconds, LEAST.seconds, MOST.seconds),
                                           ("memory", limits.megabytes, Limits().megabytes, LEAST.megabytes,
                                            MOST.megabytes)):
        if not least <= value <= most:
            raise BadConfig(Text(f"“{key}”应在 {least} 和 {most} 之间", f'"{key}" lies between {least} and {most}'),
                            where=given.where(key), fix=Text(f"例如 {key} = {usual:g}", f"such as {key} = {usual:g}"))
    return limits


LEAST, MOST = Limits(0.01, 256), Limits(86_400, 1 << 20)


def _elements(source: Source) -> dict[str, Any]:
    """The values of ``[defaults]`` by the names of elements in code."""
    names = field_names(Item)
    found: dict[str, Any] = {}
    for key, value in source.data.get("defaults", {}).items():
        if key not in names:
            raise unknown_key(key, names, source.where("defaults", key))
        found[names[key]] = value
    if "authority" in source.data:
        found["authority"] = source.get("authority", str, "")
    _check_elements(found, source)
    return found


def _check_elements(elements: Mapping[str, Any], source: Source) -> None:
    """Raise the first fault of what every item is, here and once; each item would tell it at its own line."""
    names = field_names(Item)
    places: dict[str, tuple[str, ...]] = {name: (name,) for name in ("profile", "authority")}
    places |= {names[key]: ("defaults", key) for key in source.data.get("defaults", {})}

    def place(path: tuple[str | int, ...]) -> Where:
        way = places.get(str(path[0])) if path else None
        return source.where(*way, *path[1:]) if way else NOWHERE

    profile = source.get("profile", str, PROFILE)
    try:
        item_from({"name": "甲", "item_type": "行政许可", "profile": profile, **elements}, NOWHERE, place)
    except FlowstdError as error:
        wrong = next((one for one in problems_of(error) if one.where), None)
        if wrong is not None:
            raise wrong from None


def _check_pattern(pattern: str, where: Where) -> None:
    _check_path(pattern, where)
    if not pattern.endswith(KINDS):
        raise UnknownName(Text(f"不认识的事项文件类型：“{short(pattern)}”", f'"{short(pattern)}" is no kind of item file'),
                          where=where, fix=did_you_mean(Path(pattern).suffix, KINDS))
    if any("**" in part and part != "**" for part in pattern.split("/")):
        raise BadConfig(Text(f"“{short(pattern)}”里的 ** 要单独占一级", f'** stands alone between slashes, not as in '
                             f'"{short(pattern)}"'), where=where,
                        fix=Text("各级子文件夹写成 **/*.csv，只这一级写成 *.csv",
                                 "write **/*.csv for all folders below, *.csv for this one"))


def _check_path(path: str, where: Where) -> None:
    if path.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", path) or ":" in path:
        raise BadConfig(Text(f"“{short(path)}”指向文件夹以外", f'"{short(path)}" leaves the folder'), where=where,
                        fix=Text("写相对于 flowstd.toml 的路径", "write a path relative to flowstd.toml"))
    _check_shown(path, where)


def _check_shown(path: str, where: Where) -> None:
    if UNSHOWN.search(path):
        raise BadConfig(Text(f"路径“{short(path)}”里有控制字符", f'the path "{short(path)}" holds a control character'),
                        where=where, fix=Text("删去这个字符", "remove it"))
