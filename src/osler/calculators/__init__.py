"""Clinical calculators: what a score or a formula asks for, and what it says, each from its own source.

A calculator is a file in ``data`` (items, units, points, population, limits, spread, sources) and, where
sums of points are not enough, a pure function in ``formulas``. Nothing here reads the clock, a library
or the network; a result is arithmetic on what was given, never advice.
"""
