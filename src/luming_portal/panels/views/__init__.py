"""Pages of panels."""
