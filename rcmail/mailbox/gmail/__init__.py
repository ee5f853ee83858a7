"""Gmail, over its REST API (https://developers.google.com/workspace/gmail/api/reference/rest)."""
