"""The sample company: believable, in Chinese, and the same for the same seed and day."""
