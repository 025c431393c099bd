"""The generators of the bank: one module for each family of material. All are imported by `generators.generators()`."""
