"""flowstd inside other programs: documentation builds."""
