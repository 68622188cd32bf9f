"""Moves frames to the pages that watch; knows neither events nor templates."""
