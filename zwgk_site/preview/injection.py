"""What the preview adds to a page while it is sent, and the files of its own that it serves. On disk nothing is changed."""

from __future__ import annotations

from pathlib import Path

OWN = "/_zwgk/"
"""No folder of a column begins so."""

EVENTS_PATH = OWN + "events"
SCRIPT_PATH = OWN + "preview.js"
STYLE_PATH = OWN + "preview.css"
_CLIENT = Path(__file__).with_name("client")


def own_file(path: str) -> Path | None:
    """The file of ours behind a URL path."""
    return _CLIENT / path.removeprefix(OWN) if path in (SCRIPT_PATH, STYLE_PATH) else None


def add_client(page: bytes, build: str) -> bytes:
    """The page with our script before its end; `build` is the one that it shows."""
    tag = f'<script src="{SCRIPT_PATH}" data-build="{build}" defer></script>\n'.encode()
    end = page.lower().rfind(b"</body>")
    return page + tag if end < 0 else page[:end] + tag + page[end:]


def waiting_page(language: str) -> bytes:
    """What is shown where nothing has been built yet; it is loaded again when there is something."""
    lang, title, text = (
        ("zh-CN", "还没有生成", "还没有生成网页。改正下面的错误并保存，这里会自动显示。")
        if language == "zh"
        else ("en", "not built yet", "Nothing has been built yet. Mend the errors below and save; this page follows.")
    )
    page = (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n</head>\n'
        f"<body>\n<main>\n<h1>{title}</h1>\n<p>{text}</p>\n</main>\n</body>\n</html>\n"
    )
    return page.encode()
