"""What the server does with each request and process."""
