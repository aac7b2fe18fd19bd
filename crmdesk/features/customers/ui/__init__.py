"""The customer list, the card and its dialogs."""
