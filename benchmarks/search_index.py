#!/usr/bin/env python3
"""Build the index of a corpus through the library, in this process, and write it as the publisher would.

    search_index.py CORPUS.jsonl FOLDER

FOLDER/search gets the files, FOLDER/ids.json the article of each document by segment and id, FOLDER/index.json the figures.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import yaml
from search_corpus import Article, index_record, read_articles

import zwgk_site.text
from zwgk_site.model.search import FORMAT, SearchManifest, SegmentRef
from zwgk_site.stages.index import build_segment, encode_manifest, encode_table
from zwgk_site.stages.index.manifest import synonym_content, traditional_content
from zwgk_site.stages.index.segment import record_order

TABLES = Path(zwgk_site.text.__file__).parent / "tables"
BUILT = "2026-11-26"


def site_tables() -> tuple[dict[str, str], dict[str, bytes]]:
    """The tables of the whole site: how the manifest names them, and their files."""
    synonyms = yaml.safe_load((TABLES / "synonyms.yaml").read_text(encoding="utf-8"))
    contents = {"traditional": traditional_content(), "synonyms": synonym_content(synonyms)}
    names, files = {}, {}
    for kind, content in contents.items():
        names[kind], data = encode_table(kind, content)
        files[f"search/{names[kind]}.js"] = data
    return names, files


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write files below the folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def manifest_of(segments: Sequence[SegmentRef], tables: dict[str, str]) -> bytes:
    """`search/manifest.js` of these segments."""
    living = sum(ref.documents - len(ref.dead) for ref in segments)
    return encode_manifest(SearchManifest(FORMAT, BUILT, living, tuple(segments), tables))


def article_ids(articles: Sequence[Article]) -> list[int]:
    """The article of each document of a segment, by the document's id."""
    order = sorted(articles, key=lambda article: record_order(index_record(article)))
    return [article.id for article in order]


def main() -> int:
    """Run the command line."""
    corpus, folder = map(Path, sys.argv[1:])
    articles = read_articles(corpus)
    records = [index_record(article) for article in articles]
    start = time.process_time()
    segment = build_segment(records)
    seconds = time.process_time() - start
    names, files = site_tables()
    write_files(folder, files | segment.files | {"search/manifest.js": manifest_of([segment.ref], names)})
    (folder / "ids.json").write_text(json.dumps({segment.ref.id: article_ids(articles)}), encoding="utf-8")
    count = len(articles)
    parts: dict[str, int] = {}
    for name, data in segment.files.items():
        kind = name.removeprefix(f"search/{segment.ref.id}/").split("/")[0]
        parts[kind] = parts.get(kind, 0) + len(data)
    plain = sum(size for kind, size in parts.items() if kind not in {"t", "k"})
    result = {
        "documents": count,
        "CPU ms an entry": seconds * 1000 / count,
        "bytes an entry without texts": plain / count,
        "bytes an entry, texts": parts.get("t", 0) / count,
        "files": len(segment.files),
        "bytes by kind": parts,
    }
    (folder / "index.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
