"""The demo firm: a believable installer with customers, orders and a contact log."""
