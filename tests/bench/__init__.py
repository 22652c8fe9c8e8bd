"""Measures the speed goals as ratios within one run; nothing here is a test."""
