"""The order of the stages, the cache and the workers. `build.py` reads like a table of contents."""
