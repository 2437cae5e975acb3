"""Schedule networks: dates by the critical path method, floats, cycles."""
