"""Figures: amounts, dates and windows of time, each with its place and bounds."""
