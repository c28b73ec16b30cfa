"""Indexing: the seat of the full-text index's writer. Nothing is written here yet.

It will be one more pure step over a `DepartmentPlan`, made in the second walk beside the pages and merged like the lists.
"""
