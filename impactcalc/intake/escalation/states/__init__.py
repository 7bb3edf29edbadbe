"""States: how far an action is, from the words that say so."""
