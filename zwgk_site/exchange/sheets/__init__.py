"""Tables out of the files that people keep them in: workbooks, text tables, Word files, web pages. Knows no catalogue."""
