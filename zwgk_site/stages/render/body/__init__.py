"""The body of a document: Markdown in, safe HTML out.

`convert_body` is the way in. Two roads lead to the same bytes: `reference` (Python-Markdown and nh3) for every text and
`plain` for texts that hold nothing special. Knows nothing of pages, URLs or departments: link targets come out raw.
"""

from zwgk_site.stages.render.body.bars import show_redactions
from zwgk_site.stages.render.body.convert import convert_body
from zwgk_site.stages.render.body.value import Body, Heading, join_body

__all__ = ["Body", "Heading", "convert_body", "join_body", "show_redactions"]
