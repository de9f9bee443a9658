"""How the window looks: three palettes, one accent, a spacing grid, icons of one line weight."""
