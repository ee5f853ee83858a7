"""What visitors may ask for: to be forgotten, to have what there is of them; and mail is kept only so long."""
