"""Published statistics and the citation that each must carry."""
