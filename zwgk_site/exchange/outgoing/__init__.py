"""A catalogue out to the tables that people work with, in the official layout; what is read back is what went out."""
