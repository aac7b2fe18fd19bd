"""The page a day starts with."""
