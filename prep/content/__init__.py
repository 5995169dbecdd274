"""What is imported: sheets, questions, articles."""
