"""Facts: the candidates of each fact, and one choice."""
