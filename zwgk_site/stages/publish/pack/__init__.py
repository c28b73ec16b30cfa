"""A release as something to carry: a zip, or a folder on a stick, with what it takes to see that it is whole.

Only what the release's own manifests name is packed, and each file's digest is looked at on the way.
"""

from zwgk_site.stages.publish.pack.listing import Packing, list_release
from zwgk_site.stages.publish.pack.stick import CopyReport, copy_to_stick
from zwgk_site.stages.publish.pack.zip_file import write_zip

__all__ = ["CopyReport", "Packing", "copy_to_stick", "list_release", "write_zip"]
