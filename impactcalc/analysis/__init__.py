"""Questions asked of the engine: what-if, drivers, calibration, what changed."""
