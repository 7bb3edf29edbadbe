"""Words: their lists, labels, stems and sections."""
