"""Kinds of organs as a webmaster names them, with the category and level that follow: what `zwgk init` begins from."""

from __future__ import annotations

import msgspec

from zwgk_site.statute.columns import is_enterprise

GOVERNMENT = "本级政府"
DEPARTMENT = "政府部门"
TOWN = "乡镇街道"


class Profile(msgspec.Struct, frozen=True):
    """A kind of organ (单位类型): `category` and `level` are its 类别 and 层级; an empty level is not known."""

    name: str
    category: str
    level: str
    aliases: tuple[str, ...] = ()

    @property
    def is_government(self) -> bool:
        """Whether it is a people's government of county level or above."""
        return self.category == GOVERNMENT

    @property
    def is_enterprise(self) -> bool:
        """Whether art. 55, not arts. 20 and 21, says what it publishes."""
        return is_enterprise(self.category)


PROFILES = (
    Profile("省级部门", DEPARTMENT, "省级", ("省直部门", "厅局")),
    Profile("市级部门", DEPARTMENT, "市级", ("市直部门",)),
    Profile("县级部门", DEPARTMENT, "县级", ("县直部门", "区级部门")),
    Profile("乡镇", TOWN, "乡级", ("乡镇政府", "镇政府", "乡政府")),
    Profile("街道", TOWN, "乡级", ("街道办事处",)),
    Profile("公共企事业单位", "公共企事业单位", "", ("公共企业", "企事业单位")),
    Profile("省级政府", GOVERNMENT, "省级", ("省政府",)),
    Profile("市级政府", GOVERNMENT, "市级", ("市政府",)),
    Profile("县级政府", GOVERNMENT, "县级", ("县政府", "区政府")),
    Profile("派出机关", "派出机关", "县级", ("开发区管委会",)),
    Profile("直属单位", "直属单位", "", ("直属机构",)),
    Profile("垂直管理部门", "垂直管理部门", "", ("垂管部门", "垂管单位")),
)
_BY_NAME = {form: profile for profile in PROFILES for form in (profile.name, *profile.aliases)}


def find_profile(name: str) -> Profile | None:
    """The profile of that name, or of one that is met for it."""
    return _BY_NAME.get(name.strip())
