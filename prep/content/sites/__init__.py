"""What a site or a folder publishes, read into sheets and articles."""
