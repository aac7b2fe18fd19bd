"""The quadrant, its legend and the playbook beside it."""
