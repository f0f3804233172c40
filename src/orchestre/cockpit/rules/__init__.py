"""Pure functions on values of the cockpit: what to do first, words found, pages of help."""
