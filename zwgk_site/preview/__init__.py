"""Looking at a column on this machine: a small server that behaves as a careful web server should, and a watch on the input.

Where the input is watched, each change is built at once and open tabs are told; the column on disk is what `zwgk build`
would make.
"""

from zwgk_site.preview.rules import PORT_TAKEN
from zwgk_site.preview.server import make_server

__all__ = ["PORT_TAKEN", "make_server"]
