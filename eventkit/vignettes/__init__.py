"""Vignettes: case stories that the tables discuss."""
