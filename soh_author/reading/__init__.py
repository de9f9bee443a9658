"""From the bytes of one repository file to values of the domain, and what is wrong in it."""
