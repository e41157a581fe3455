"""The program `gridpact`: it parses, calls the library, and says what was found and done."""
