"""What was answered before: past requests with the group's answers, and which of them are like a new one."""
