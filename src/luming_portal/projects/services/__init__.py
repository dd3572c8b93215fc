"""What changes projects: each a function, each through the audit door."""
