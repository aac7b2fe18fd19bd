"""What the base of customers tells: Pareto, RFM, retention, white space, demand, equity through time."""
