"""The list of slices, in the order of what needs what: a slice may only need those before it."""

SLICES = (
    "customers",
    "timeline",
    "orders",
    "portfolio",
    "models",
    "patterns",
    "knowledge",
    "value",
    "insights",
    "exchange",
    "home",
    "demo",
)
