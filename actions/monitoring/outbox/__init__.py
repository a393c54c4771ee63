"""From a row that says who must get a mail to a message that left."""
