"""Simulated people, who use the same addresses as everyone else."""
