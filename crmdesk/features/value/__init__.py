"""What a customer is worth: value now, potential, equity, risk of leaving, with the evidence behind them."""
