"""The law and the field's lists as data, and the types they are read into."""
