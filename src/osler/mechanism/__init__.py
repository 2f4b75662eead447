"""How a drug acts, as a graph: nodes, arrows, and the evidence that each arrow rests on."""
