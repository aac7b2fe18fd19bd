"""The quadrant of turnover and potential, its four clusters and what to do in each."""
