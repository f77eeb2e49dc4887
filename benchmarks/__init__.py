"""Measurements: accuracy against gold values, speed as ratios. Not part of the installed package."""
