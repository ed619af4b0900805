"""Flow → Flow, one file each: the same process as another reader needs it."""
