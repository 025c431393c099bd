"""The read side: what the rows say to a trainee and to an instructor; nothing here writes."""
