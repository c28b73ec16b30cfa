"""Documents that come from elsewhere (Word files, pages of an old column, JSON, plain text) as Markdown and metadata.

    bytes → tree → metadata, main part → blocks → Markdown        (`page`, `word`, `records`, `plain`)

Knows no folder of the site and opens no file: it is given bytes and names, and gives a `SourceDocument`. Whoever calls it
opens archives within limits, looks files up, and proves that the Markdown shows the text of the source.
"""
