"""Official files as tables of figures: one module for each format."""
