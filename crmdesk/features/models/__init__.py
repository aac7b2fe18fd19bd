"""Models of buying: pure mathematics of activity, spend, contracts and waiting times."""
