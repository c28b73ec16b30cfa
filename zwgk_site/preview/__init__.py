"""Looking at a built column on this machine: a small server that behaves as a careful web server should.

The input is watched: each change is built at once, and open tabs are told. What is on disk is what `zwgk build` makes.
"""

from zwgk_site.preview.rules import PORT_TAKEN
from zwgk_site.preview.server import make_server

__all__ = ["PORT_TAKEN", "make_server"]
