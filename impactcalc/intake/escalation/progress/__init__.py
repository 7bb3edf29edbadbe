"""Progress: which actions of the plan are said to be how far."""
