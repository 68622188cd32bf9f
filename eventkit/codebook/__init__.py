"""The codebook: the themes under which what people said is gathered."""
