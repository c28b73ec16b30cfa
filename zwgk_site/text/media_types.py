"""Media types by the end of a file's name: one table for the preview, the samples for web servers and the data files."""

from __future__ import annotations

MEDIA_TYPES = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
    ".xml": "application/xml", ".txt": "text/plain", ".csv": "text/csv", ".ics": "text/calendar",
    ".webmanifest": "application/manifest+json", ".jsonld": "application/ld+json", ".png": "image/png",
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".ico": "image/x-icon",
    ".svg": "image/svg+xml", ".woff2": "font/woff2", ".pdf": "application/pdf", ".ofd": "application/ofd",
    ".zip": "application/zip", ".doc": "application/msword", ".xls": "application/vnd.ms-excel",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".wps": "application/vnd.ms-works",
    ".et": "application/vnd.ms-excel",
}  # fmt: skip
