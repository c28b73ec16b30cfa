"""Reports of a check (体检报告): one `Report`, one file for each form that it is written in, and the trend file.

Forms are pure: they give text or bytes, which `cli/report.py` writes. None knows how anything was found.
"""
