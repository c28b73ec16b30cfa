"""The stages: load, check, plan, render, index, publish. Siblings that never import one another."""
