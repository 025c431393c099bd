"""What a launch and an answer cost, measured on the tool as it is served; no thresholds."""
