"""What the operator decides in the browser."""
