"""Text as people write it and as search sees it: pure functions."""
