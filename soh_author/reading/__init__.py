"""From the bytes of one repository file to values of the domain, with what is wrong in it; never raises for content."""
