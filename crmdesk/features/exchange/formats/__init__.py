"""One module per file format; each has a name, its suffixes and `read`."""
