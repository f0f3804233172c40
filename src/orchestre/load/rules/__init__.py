"""Pure functions on values of the load: dates, guesses, the scale, the state of the map."""
