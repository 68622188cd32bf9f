"""Transcripts as programs and people write them; read in a child process, with an error per line."""
