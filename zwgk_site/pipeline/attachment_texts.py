"""What stands in attachments, read once for each file there is: kept by department, under the file's SHA-256."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from zwgk_site.model.clues import NOT_YET, AttachmentText

if TYPE_CHECKING:
    from zwgk_site.model.corpus import Attachment, Holdings
    from zwgk_site.pipeline.env import BuildEnv

Texts = dict[str, AttachmentText]

SHARE = 4
"""A department may use this part of its time for its attachments; what is left waits for the next build.

Else thousands of them, new in one build, would hold the department back, and the next build would begin anew.
"""
_WAITING = AttachmentText("unread", traits=(NOT_YET,))


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
    found = {sha: known[sha] for sha in wanted if sha in known}
    found |= _read(env, code, {sha: item for sha, item in wanted.items() if sha not in known})
    if found.keys() != known.keys():
        env.cache.put(name, found)
    return found | dict.fromkeys(wanted.keys() - found.keys(), _WAITING)


def are_all_read(texts: Texts) -> bool:
    """Whether none was left for the next build."""
    return all(text is not _WAITING for text in texts.values())


def _read(env: BuildEnv, code: str, attachments: dict[str, Attachment]) -> Texts:
    """As many as the department's time allows, one at least."""
    from zwgk_site.stages.load.attachment_text import end_reading, read_attachment

    until = time.monotonic() + env.site.department_seconds / SHARE
    found: Texts = {}
    try:
        for sha, attachment in attachments.items():
            if found and time.monotonic() >= until:
                break
            found[sha] = read_attachment(env.root / "content" / code / attachment.path)
    finally:
        end_reading()
    return found
