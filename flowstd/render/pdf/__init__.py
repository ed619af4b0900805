"""Sheets → PDF."""
