"""What shows and changes one question or article."""
