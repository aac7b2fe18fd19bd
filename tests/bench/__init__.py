"""The speed of crmdesk beside its floors, measured in the same run: `python -m tests.bench NAME...`."""
