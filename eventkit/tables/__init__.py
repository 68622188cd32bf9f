"""Tables: who sits where, so that people meet those whom they do not meet at work."""
