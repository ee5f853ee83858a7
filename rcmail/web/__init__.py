"""What a browser and a script see."""
