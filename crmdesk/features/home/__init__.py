"""The first page: what is due, what is planned, what is missing."""
