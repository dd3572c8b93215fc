"""Photos and papers attached to a record: kept under random names, handed out as far as the record's rights reach."""
