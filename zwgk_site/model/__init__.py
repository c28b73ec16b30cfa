"""The frozen values that travel between the stages. Knows no file system, no template, no rule of law."""
