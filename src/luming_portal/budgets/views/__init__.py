"""Pages of budgets: lines, decisions on them, allocation."""
