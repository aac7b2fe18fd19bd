"""The contact log and one chronology of all that happened with a customer."""
