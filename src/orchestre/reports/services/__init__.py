"""What a report rests on: a file read in a scratch base, or the data of the installation."""
