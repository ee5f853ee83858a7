"""What rcmail keeps of mail, and how it gets there."""
