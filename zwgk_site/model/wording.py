"""The site's own list of words (用语表), as `wording.yaml` beside `site.yaml` says."""

from __future__ import annotations

import msgspec


class WordList(msgspec.Struct, frozen=True):
    """Words that a site looks for beside the packaged ones (用语表).

    `pairs` are wrong form, right form, reason; `unchecked` the packaged wrong forms that this site lets be; `banned` what
    must never be published, with the reason. Plain text, no patterns.
    """

    pairs: tuple[tuple[str, str, str], ...] = ()
    unchecked: tuple[str, ...] = ()
    banned: tuple[tuple[str, str], ...] = ()


NO_WORDS = WordList()
