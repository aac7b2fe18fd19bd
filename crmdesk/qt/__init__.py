"""The window toolkit: frame, tables, forms, charts and theme. Knows no feature."""
