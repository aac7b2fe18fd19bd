"""The speed of crmdesk beside its physical floors, measured in the same run: `python -m tests.bench NAME...`."""
