"""What rcmail proposes to answer: put together from the group's own answers, checked, and kept for a volunteer."""
