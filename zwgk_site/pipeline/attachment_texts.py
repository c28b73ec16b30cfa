"""What stands in attachments, read once for each file there is: kept by department, under the file's SHA-256."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.model.clues import AttachmentText

if TYPE_CHECKING:
    from zwgk_site.model.corpus import Attachment, Holdings
    from zwgk_site.pipeline.env import BuildEnv

Texts = dict[str, AttachmentText]


def read_attachments(env: BuildEnv, holdings: Holdings) -> Texts:
    """What was found in every attachment of a document that may be published, by SHA-256."""
    wanted: dict[str, Attachment] = {}
    for document in holdings.documents:
        if document.attachments and document.is_public():
            wanted.update((item.sha256, item) for item in document.attachments)
    if not wanted:
        return {}
    code = holdings.department.code
    name = f"departments/{code}.attached"
    known = env.cache.get(name, Texts) or {}
    found = {sha: known[sha] if sha in known else _read(env, code, item) for sha, item in wanted.items()}
    if found.keys() != known.keys():
        env.cache.put(name, found)
    return found


def _read(env: BuildEnv, code: str, attachment: Attachment) -> AttachmentText:
    from zwgk_site.stages.load.attachment_text import read_attachment

    return read_attachment(env.root / "content" / code / attachment.path)
