"""Pages of projects beside those of their register."""
