"""The search index: records of pages to the files of a segment. Pure; NumPy is imported with it.

`build_segment` makes a segment here; the steps of `segment` make the same bytes in several processes.
"""

from zwgk_site.stages.index.manifest import encode_manifest, encode_table
from zwgk_site.stages.index.segment import Segment, build_segment

__all__ = ["Segment", "build_segment", "encode_manifest", "encode_table"]
