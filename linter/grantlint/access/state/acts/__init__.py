"""What each kind of step does to the book: a module for each, its acts by their record."""
