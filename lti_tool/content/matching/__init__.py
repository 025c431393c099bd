"""Comparing what a person typed with what is right, kindly: texts, numbers, dates and times of day."""
