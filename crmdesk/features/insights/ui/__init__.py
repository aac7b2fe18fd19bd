"""The screens of the insights: the page with its findings, charts and tables."""
