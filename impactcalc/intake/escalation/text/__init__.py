"""Text: from bytes to lines."""
