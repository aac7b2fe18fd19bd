"""A desktop CRM for small firms: customers, contacts, orders and what they are worth."""

__version__ = "0.1.0"
