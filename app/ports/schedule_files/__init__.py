"""Schedule files of other programs: Primavera XER and MS Project XML, read as hostile input."""
