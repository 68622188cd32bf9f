"""Polls: the room votes, its perception is shown first, and then the evidence."""
