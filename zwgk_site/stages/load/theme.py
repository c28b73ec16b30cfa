"""A theme's folder to a `Theme`: overrides, the chosen theme and its parents, nearest first. Knows no template engine.

Searched are SITE/overrides (single files of whatever theme is chosen), SITE/themes/<name>, and the package's own
themes. Whether a template is well written is found when it is compiled (ZW510).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import yaml

from zwgk_site.diagnostics import Checked, Diagnostic, Rule, Severity, Span
from zwgk_site.model.theme import THEME_CONTRACT, Theme, ThemeLayer, merge_layers
from zwgk_site.model.views import VIEWS
from zwgk_site.stages.load.text_file import describe_fault, read_text
from zwgk_site.stages.load.yaml_nodes import compose_text, node_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Site

THEME_MISSING = Rule(
    "ZW501", Severity.ERROR, blocks=True,
    zh="没有名为“{name}”的主题，现有：{known}",
    en="no theme named “{name}”; there are: {known}",
    hint_zh="请改正 site.yaml 里的“主题”，或把主题文件夹放到 themes/ 下。",
    hint_en="Correct 主题 in site.yaml, or put the theme's folder into themes/.",
)  # fmt: skip
THEME_FILE_FAULT = Rule(
    "ZW502", Severity.ERROR, blocks=True,
    zh="主题的 theme.yaml 不能用：{reason}",
    en="the theme's theme.yaml cannot be used: {reason_en}",
    hint_zh="至少要有两行，例如　name: my-theme　和　contract: 1",
    hint_en="It needs at least name: my-theme and contract: 1.",
)  # fmt: skip
PARENT_MISSING = Rule(
    "ZW503", Severity.ERROR, blocks=True,
    zh="主题“{theme}”继承的主题“{parent}”不存在",
    en="theme “{theme}” extends “{parent}”, which does not exist",
    hint_zh="请改正 extends；程序自带的主题是 default 和 light。",
    hint_en="Correct extends; the package brings default and light.",
)  # fmt: skip
PARENT_CIRCULAR = Rule(
    "ZW504", Severity.ERROR, blocks=True,
    zh="主题互相继承，成了一个圈：{chain}",
    en="themes extend one another in a circle: {chain}",
    hint_zh="请去掉其中一个 extends。",
    hint_en="Take one extends away.",
)  # fmt: skip
CONTRACT_UNKNOWN = Rule(
    "ZW505", Severity.ERROR, blocks=True,
    zh="主题“{theme}”按约定第 {contract} 版编写，本程序只认第 {known} 版",
    en="theme “{theme}” is written for contract {contract}; this program knows {known}",
    hint_zh="请按 docs/theme-contract.md 核对模板，再改 contract。",
    hint_en="Compare the templates with docs/theme-contract.md, then change contract.",
)  # fmt: skip
TEMPLATE_MISSING = Rule(
    "ZW506", Severity.ERROR, blocks=True,
    zh="主题“{theme}”缺少模板 {template}",
    en="theme “{theme}” lacks the template {template}",
    hint_zh="补上这个模板，或在 theme.yaml 里加　extends: default",
    hint_en="Add it, or write extends: default in theme.yaml.",
)  # fmt: skip
TEMPLATE_REFUSED = Rule(
    "ZW507", Severity.ERROR, blocks=True,
    zh="模板文件不能用：{reason}",
    en="the template file is refused: {reason_en}",
)  # fmt: skip
ASSET_REFUSED = Rule(
    "ZW508", Severity.ERROR,
    zh="主题里的文件没有采用：{reason}",
    en="a file of the theme is left out: {reason_en}",
    hint_zh="assets 里只放样式、脚本、图片和字体；文件名用英文字母、数字、短横。",
    hint_en="assets holds styles, scripts, pictures and fonts, with plain ASCII names.",
)  # fmt: skip
KEY_UNKNOWN = Rule(
    "ZW509", Severity.WARNING,
    zh="theme.yaml 里不认识的项目“{key}”",
    en="unknown key “{key}” in theme.yaml",
    hint_zh="能写的只有 name、title、contract、extends。",
    hint_en="Known are name, title, contract and extends.",
)  # fmt: skip
NAME_DIFFERS = Rule(
    "ZW511", Severity.WARNING,
    zh="theme.yaml 里的名字“{name}”与文件夹名“{folder}”不同，以文件夹名为准",
    en="the name “{name}” in theme.yaml is not the folder's, “{folder}”; the folder's is used",
)  # fmt: skip

EMBLEM_MISSING = Rule(
    "ZW512", Severity.WARNING,
    zh="党政机关标识的图片“{name}”不在主题的 assets 里，只显示文字",
    en="the picture “{name}” of 党政机关标识 is not among the theme's assets; only the text is shown",
    hint_zh="请把图片放到 overrides/assets 里，写上它的文件名，例如　图片: emblem.png",
    hint_en="Put it into overrides/assets and write its name, such as 图片: emblem.png.",
)  # fmt: skip

ASSET_TYPES = frozenset({"css", "js", "png", "jpg", "webp", "gif", "ico", "woff2", "txt", "json"})
SIZE_LIMIT = 2 * 1024 * 1024
"""A template or asset above this is a mistake: a page would wait for it."""

_NAME = re.compile(r"[\w-]{1,40}")
_FILE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_KEYS = ("name", "title", "contract", "extends")
_LITTER = frozenset({"thumbs.db", "desktop.ini"})


class _Settings(msgspec.Struct, frozen=True):
    """What a theme.yaml says, with the place of `extends`."""

    contract: int
    extends: str
    extends_span: Span


class _Refusal(msgspec.Struct, frozen=True):
    """Why a file is not taken, in both languages."""

    zh: str
    en: str


def package_themes() -> Path:
    """The folder of the themes that come with the program: inside an installed package, beside it in a checkout."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "themes"
    return inside if inside.is_dir() else package.parent / "themes"


def load_theme(name: str, site_root: Path, package_themes: Path, *, span: Span | None = None) -> Checked[Theme | None]:
    """The theme `name` with the site's overrides, or `None`. `span` is where the name was chosen."""
    roots = _Roots(site_root, package_themes)
    findings: list[Diagnostic] = []
    chain = _read_chain(name, span or Span("site.yaml"), roots, findings)
    if chain is None:
        return Checked(None, tuple(findings))
    theme = merge_layers([_read_layer("", THEME_CONTRACT, site_root / "overrides", roots, findings), *chain])
    present = {template for template, _ in theme.templates}
    lacking = [view.template for view in VIEWS if view.template not in present]  # type: ignore[attr-defined]
    place = Span(f"themes/{name}/theme.yaml")
    findings += [TEMPLATE_MISSING.at(place, theme=name, template=template) for template in lacking]
    return Checked(None if lacking else theme, tuple(findings))


def settle_emblem(site: Site, theme: Theme | None) -> Checked[Site]:
    """The site with an emblem that can be shown: without its picture where the theme does not have that."""
    emblem = site.emblem
    if theme is None or emblem is None or not emblem.image or emblem.image in dict(theme.assets):
        return Checked(site)
    plain = msgspec.structs.replace(site, emblem=msgspec.structs.replace(emblem, image=""))
    return Checked(plain, (EMBLEM_MISSING.at(Span("site.yaml"), name=emblem.image[:60]),))


def _read_chain(name: str, asked_at: Span, roots: _Roots, findings: list[Diagnostic]) -> list[ThemeLayer] | None:
    """The theme and its parents, nearest first; `None` when one is missing, faulty or met twice."""
    layers: list[ThemeLayer] = []
    while name or not layers:
        seen = [layer.name for layer in layers]
        folder = roots.find(name)
        if name in seen:
            findings.append(PARENT_CIRCULAR.at(asked_at, chain=" → ".join([*seen, name])))
            return None
        if folder is None and layers:
            findings.append(PARENT_MISSING.at(asked_at, theme=seen[-1], parent=name))
            return None
        if folder is None:
            findings.append(THEME_MISSING.at(asked_at, name=name, known="、".join(roots.known())))
            return None
        settings = _read_settings(folder, roots, findings)
        if settings is None:
            return None
        layers.append(_read_layer(name, settings.contract, folder, roots, findings))
        name, asked_at = settings.extends, settings.extends_span
    return layers


class _Roots(msgspec.Struct, frozen=True):
    """The two places of themes, and how their files are named in findings."""

    site: Path
    package: Path

    def find(self, name: str) -> Path | None:
        if not _NAME.fullmatch(name):
            return None
        places = (self.site / "themes" / name, self.package / name)
        return next((place for place in places if place.is_dir()), None)

    def known(self) -> list[str]:
        folders = (place for root in (self.site / "themes", self.package) if root.is_dir() for place in root.iterdir())
        return sorted({place.name for place in folders if (place / "theme.yaml").is_file()})

    def shown(self, path: Path) -> str:
        root = self.site if path.is_relative_to(self.site) else self.package.parent
        return path.relative_to(root).as_posix()


def _read_settings(folder: Path, roots: _Roots, findings: list[Diagnostic]) -> _Settings | None:
    """The settings in a theme's folder; what is wrong with them goes to `findings`."""
    file = roots.shown(folder / "theme.yaml")
    values = _read_scalars(folder / "theme.yaml", file, findings)
    if values is None:
        return None
    nowhere = ("", Span(file, 1, 1, 2))
    given, place = values.get("name", nowhere)
    if given not in ("", folder.name):
        findings.append(NAME_DIFFERS.at(place, name=given, folder=folder.name))
    contract, place = values.get("contract", nowhere)
    if not contract:
        findings.append(THEME_FILE_FAULT.at(place, reason="没有写 contract", reason_en="contract is not given"))
    elif contract != str(THEME_CONTRACT):
        findings.append(CONTRACT_UNKNOWN.at(place, theme=folder.name, contract=contract, known=THEME_CONTRACT))
    else:
        return _Settings(THEME_CONTRACT, *values.get("extends", nowhere))
    return None


def _read_scalars(path: Path, file: str, findings: list[Diagnostic]) -> dict[str, tuple[str, Span]] | None:
    """Key → (text, place) of a theme.yaml. Anything but a flat mapping with each key once is a finding."""
    if not path.is_file():
        findings.append(THEME_FILE_FAULT.at(Span(file), reason="没有这个文件", reason_en="there is no such file"))
        return None
    read = read_text(path, file)
    composed = compose_text(read.value.text, file) if read.value else Checked(None)
    findings += (*read.findings, *composed.findings)
    node = composed.value
    if not isinstance(node, yaml.MappingNode):
        if read.value and not composed.findings:
            place, reason = Span(file, 1, 1, 2), "应当是“项目: 值”的形式"
            findings.append(THEME_FILE_FAULT.at(place, reason=reason, reason_en="not a mapping"))
        return None
    values: dict[str, tuple[str, Span]] = {}
    faults: list[Diagnostic] = []
    for key, value in node.value:
        place = node_span(key, file, 0)
        if not isinstance(key, yaml.ScalarNode) or not isinstance(value, yaml.ScalarNode):
            faults.append(THEME_FILE_FAULT.at(place, reason="值只能是一行文字", reason_en="a value must be plain text"))
        elif key.value in values:
            reason, reason_en = f"“{key.value}”写了两次", f"{key.value} stands twice"
            faults.append(THEME_FILE_FAULT.at(place, reason=reason, reason_en=reason_en))
        elif key.value in _KEYS:
            values[key.value] = (value.value.strip(), node_span(value, file, 0))
        else:
            findings.append(KEY_UNKNOWN.at(place, key=key.value))
    findings += faults
    return None if faults else values


def _read_layer(name: str, contract: int, folder: Path, roots: _Roots, findings: list[Diagnostic]) -> ThemeLayer:
    """A folder's templates and assets; a folder that is not there is an empty layer."""
    templates: list[tuple[str, str]] = []
    origins: list[tuple[str, str]] = []
    for path, relative in list_files(folder / "templates"):
        file = roots.shown(path)
        refusal = refuse_file(path, folder, relative, frozenset({"html"}))
        if refusal:
            findings.append(TEMPLATE_REFUSED.at(Span(file), reason=refusal.zh, reason_en=refusal.en))
            continue
        source = read_text(path, file)
        findings += source.findings
        if source.value is not None:
            templates.append((relative, source.value.text))
            origins.append((relative, file))
    assets: list[tuple[str, bytes]] = []
    for path, relative in list_files(folder / "assets"):
        data = refuse_file(path, folder, relative, ASSET_TYPES) or read_asset(path)
        if isinstance(data, bytes):
            assets.append((relative, data))
        else:
            findings.append(ASSET_REFUSED.at(Span(roots.shown(path)), reason=data.zh, reason_en=data.en))
    return ThemeLayer(name, contract, tuple(templates), tuple(assets), tuple(origins))


def list_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """(path, name below `folder` with `/`) of all files, sorted, without what systems leave behind."""
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        hidden = any(part.startswith(".") or part.endswith("~") or part.lower() in _LITTER for part in relative.parts)
        if not hidden and (path.is_symlink() or not path.is_dir()):
            yield path, relative.as_posix()


def refuse_file(path: Path, theme: Path, name: str, types: frozenset[str]) -> _Refusal | None:
    """Why the file may not be taken, or nothing."""
    kind = path.suffix.removeprefix(".")
    try:
        inside = path.resolve().is_relative_to(theme.resolve())
        plain = path.is_file()
        size = path.stat().st_size
    except (OSError, RuntimeError):
        return _Refusal("链接打不开", "a link that leads nowhere")
    refusals = (
        (not inside, _Refusal("它是指向主题之外的链接", "a symbolic link that leads out of the theme")),
        (not plain, _Refusal("它不是普通文件", "not a plain file")),
        (kind not in types, _Refusal(f"不收这种类型的文件（{kind or '无'}）", f"files of type “{kind}” are not taken")),
        (not _FILE_NAME.fullmatch(name), _Refusal("文件名只能用字母、数字、点、短横", "the name must be plain ASCII")),
        (size > SIZE_LIMIT, _Refusal("文件超过 2 MB", "larger than 2 MB")),
    )
    return next((refusal for applies, refusal in refusals if applies), None)


def read_asset(path: Path) -> bytes | _Refusal:
    try:
        return path.read_bytes()
    except OSError as fault:
        return _Refusal(f"读不出来（{describe_fault(fault)}）", f"cannot be read ({fault.strerror})")
