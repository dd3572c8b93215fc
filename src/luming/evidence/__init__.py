"""Evidence: what was decided, published or registered cannot be changed unseen."""
