"""Everything around the app while it runs: its database, its port, its way in from the command line, its doctor."""
