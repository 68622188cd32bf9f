"""What every page shares: rendering, charts, headers, languages, clean text."""
