"""Pages of papers and of templates."""
