"""Pages of standards."""
