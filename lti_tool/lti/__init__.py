"""Every sentence that says LTI: who comes in, and what goes back to the platform (LTI 1.3 and LTI Advantage)."""
