"""The index read back: for `zwgk search`, the preview and the tests; the browser's half stands in `client/`.

Knows the index by its format alone (`docs/index-format.md`), not the stage that writes it. NumPy is not imported.
"""
