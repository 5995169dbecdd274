"""What pages of all subjects draw."""
