"""What leaves the house: sentences, screen, figures, PDF, PNG, JSON; nothing is computed."""
