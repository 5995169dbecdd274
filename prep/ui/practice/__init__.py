"""What answers, stories, reviews and mock interviews draw."""
