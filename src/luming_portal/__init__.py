"""The portal: Luming's library behind pages, accounts and rights. It may import luming; luming never imports it."""
