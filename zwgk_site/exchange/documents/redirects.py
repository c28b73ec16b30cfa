"""Old addresses of an imported column to new ones: as a table, as JSON, and for nginx and IIS.

Only the path and the query of an old address count, for the new column takes over its name.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE, DATA, NGINX, IIS = "redirects.tsv", "redirects.json", "redirects.nginx.conf", "redirects.web.config"
_UNSAFE = re.compile(r"[\x00-\x20\x7f\"'\\{};$<>]")


def old_path(address: str) -> str:
    """Path and query of an old address, or an empty string for one that no server could ask for."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return path if path.startswith("/") and not _UNSAFE.search(path) else ""


def read_table(text: str) -> dict[str, str]:
    """The pairs of a table written before; lines that hold none are passed over."""
    pairs = (line.split("\t") for line in text.splitlines())
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and pair[0].startswith(("http://", "https://"))}


def write_redirects(pairs: Mapping[str, str], prefix: str = "/") -> dict[str, str]:
    """The files by name. `pairs` are old addresses and new URLs below the column; `prefix` is where the column stands."""
    base = prefix if prefix.endswith("/") else f"{prefix}/"
    rows = sorted(pairs.items())
    asked = sorted({old_path(old): base + new for old, new in rows if old_path(old)}.items())
    data = [{"from": old, "to": base + new} for old, new in rows]
    return {
        TABLE: "".join(f"{old}\t{new}\n" for old, new in rows),
        DATA: json.dumps({"format": 1, "redirects": data}, ensure_ascii=False, indent=1) + "\n",
        NGINX: _nginx(asked),
        IIS: _iis(asked),
    }


def _nginx(rows: list[tuple[str, str]]) -> str:
    lines = [
        "# 放进 http { } 里；server { } 里再写：if ($zwgk_moved) { return 301 $zwgk_moved; }",
        "map_hash_bucket_size 512;",
        "map $request_uri $zwgk_moved {",
        '    default "";',
        *(f'    "{_literal(old)}" "{new}";' for old, new in rows),
        "}",
        "",
    ]
    return "\n".join(lines)


def _literal(path: str) -> str:
    """A path that nginx must not take for a pattern."""
    return f"\\{path}" if path.startswith(("~", "*")) else path


def _iis(rows: list[tuple[str, str]]) -> str:
    pairs = "\n".join(f"        <add key={quoteattr(old)} value={quoteattr(new)} />" for old, new in rows)
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<!-- 需要 IIS 的 URL Rewrite 模块；已有 web.config 的，把 rewrite 这一段并进去 -->
<configuration>
  <system.webServer>
    <rewrite>
      <rewriteMaps>
        <rewriteMap name="ZwgkMoved">
{pairs}
        </rewriteMap>
      </rewriteMaps>
      <rules>
        <rule name="ZwgkMoved" stopProcessing="true">
          <match url=".*" />
          <conditions>
            <add input="{{ZwgkMoved:{{REQUEST_URI}}}}" pattern="(.+)" />
          </conditions>
          <action type="Redirect" url="{{C:1}}" appendQueryString="false" redirectType="Permanent" />
        </rule>
      </rules>
    </rewrite>
  </system.webServer>
</configuration>
"""
