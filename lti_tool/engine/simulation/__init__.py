"""Simulated trainees in several worlds: what the engine promises, measured beside other ways to test."""
