"""What the worth of a customer looks like: the tab on the card, and the sheet it opens."""
