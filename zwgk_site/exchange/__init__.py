"""Ways in and out of the files that people write, and mends in them that leave every other byte alone.

Knows no folder of the site: it is given texts and gives changed texts, which `write_change` can put in place.
"""
