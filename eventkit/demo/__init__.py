"""The demonstration: the Fife day of 18 May 2016, and a run of it by itself."""
