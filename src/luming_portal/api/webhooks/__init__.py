"""Webhooks: those who want to know are told of changes, signed, in order, again until it succeeds."""
