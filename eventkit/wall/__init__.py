"""Walls: questions that the room answers on anonymous notes."""
