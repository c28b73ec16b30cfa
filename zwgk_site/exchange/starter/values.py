"""What the makers of first files know of the department that they write for."""

from __future__ import annotations

import msgspec

from zwgk_site.statute.profiles import Profile
from zwgk_site.statute.starter_rows import StarterRow


class NewFile(msgspec.Struct, frozen=True):
    """A file that does not exist yet (新文件): its name below the site, its bytes, whether it is a program."""

    path: str
    data: bytes
    runs: bool = False


class Starter(msgspec.Struct, frozen=True):
    """What is known of a new department (新部门). `code` and `name` have been judged; `year` is that of the next report."""

    profile: Profile
    code: str
    name: str
    site_name: str
    year: int
    credit_code: str = ""


class NumberedRow(msgspec.Struct, frozen=True):
    """A row of the first catalogue with the id that it is given (带编号的示例条目)."""

    id: str
    row: StarterRow
