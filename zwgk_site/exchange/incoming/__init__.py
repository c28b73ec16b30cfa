"""A table into a catalogue: headers understood, cells repaired and told, rows matched with those that have ids. Reads and writes no file."""
