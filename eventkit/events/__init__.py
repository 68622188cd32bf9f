"""The event, its join code, passes, roles and links."""
