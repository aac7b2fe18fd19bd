"""Orders, returns and yearly turnover: what the value of a customer stands on."""
