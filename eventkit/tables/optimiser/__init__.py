"""How a seating is searched: a start that breaks no rule, and exchanges of seats that break none."""
