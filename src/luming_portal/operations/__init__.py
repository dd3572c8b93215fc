"""Operations: backup and restore, background jobs, health, logs, and the check of an installation."""
