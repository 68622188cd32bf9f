"""Files that people bring: screened, read in a child process that may be killed, and handed over as raw cells."""
