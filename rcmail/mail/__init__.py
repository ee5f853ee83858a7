"""What rcmail keeps of a mail: text, new text, language, visitor, conversations."""
