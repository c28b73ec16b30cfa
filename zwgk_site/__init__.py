"""Publishes government disclosure catalogues (政府信息公开目录) as a static, searchable, checked column."""

from zwgk_site.version import VERSION

__version__ = VERSION
