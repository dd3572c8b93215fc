"""What changes panels and experts."""
