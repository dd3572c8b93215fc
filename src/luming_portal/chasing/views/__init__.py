"""Pages of chasing: the escalation list with texts and reminders, and letters."""
