"""What the machine under rcmail tells about itself. Adding a fact is one file, and one line in catalogue.py."""
