"""COD: codes and their check characters."""
