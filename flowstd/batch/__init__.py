"""Many cases → files: plan, run, write; a failing item never stops the others."""
