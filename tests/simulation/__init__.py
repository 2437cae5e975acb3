"""The real engine in a world of its own: clock, disk, network and chance come from a seed."""
