"""Gantt chart with its task table: plain rows in, requests out, nothing changed by itself."""
