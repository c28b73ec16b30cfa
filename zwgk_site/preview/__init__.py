"""Looking at a built column on this machine: a small server that behaves as a careful web server should.

Rebuilds are made by running build again; nothing is watched.
"""

from zwgk_site.preview.server import PORT_TAKEN, make_server

__all__ = ["PORT_TAKEN", "make_server"]
