"""The first files of a site or a department, as text: what `zwgk init` writes. Touches no disk and asks no clock."""

from zwgk_site.exchange.starter.files import department_files, site_files
from zwgk_site.exchange.starter.values import NewFile, Starter

__all__ = ["NewFile", "Starter", "department_files", "site_files"]
