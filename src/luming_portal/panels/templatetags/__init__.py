"""Tags of panels."""
