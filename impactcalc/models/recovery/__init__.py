"""Recovery: a staged plan and draws give a timeline (contracts, "Meaning of a trial", 1-4)."""
