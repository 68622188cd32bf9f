"""A server for a workshop day at which a room looks at evidence together."""
