"""One module for each noun. Each adds its commands to the program with `add_to`."""
