"""The use cases, one verb a module: a guard first, then the computing, then one write."""
