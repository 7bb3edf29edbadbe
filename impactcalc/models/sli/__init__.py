"""Service level indicators: measurements to events, slices, downtime, budget and burn.

Instants are whole nanoseconds, shares fractions; at every bound whole numbers are compared.
"""
