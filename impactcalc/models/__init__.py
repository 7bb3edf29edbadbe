"""Rules of the business: arrays and values in, arrays and values out.

Times are hours since the *origin*: the earliest instant at which the incident can have started.
Trials are axis 0. A `Draw` gives the uniform draws of a name; names are listed by the part that
uses them, so that the engine can give the best columns to the draws that weigh most.
"""
