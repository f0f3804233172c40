"""Benefits: what was planned, declared and validated, by whom, with which evidence."""
