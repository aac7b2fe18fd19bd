"""The orders page and the orders of one customer."""
