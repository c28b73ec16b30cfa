"""The command line: reads arguments, shows findings and progress, sets the exit code. Decides nothing else.

Exit codes: 0 no errors, 1 errors (or warnings under `--strict`), 2 usage, 3 a fault of ours, 4 the machine.
"""

from zwgk_site.cli.main import main

__all__ = ["main"]
