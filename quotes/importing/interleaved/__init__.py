"""Text in which two columns share their lines, back into columns: `columns` is the way in."""
