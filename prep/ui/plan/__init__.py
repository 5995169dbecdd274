"""What shows and changes the plan."""
