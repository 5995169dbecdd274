"""To and from other programs and devices."""
