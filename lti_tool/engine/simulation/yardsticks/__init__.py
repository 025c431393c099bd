"""What the engine is measured against: other ways to test, on the same people with the same luck."""
