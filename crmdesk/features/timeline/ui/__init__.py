"""The chronology on the card and the line to log a contact."""
