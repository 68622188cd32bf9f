"""`python -m eventkit`."""

from eventkit.cli import main

if __name__ == "__main__":
    main()
