"""The check of an installation: what is wrong, in plain words, and how to put it right."""
