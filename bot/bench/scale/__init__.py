"""A country of the program's own, and what the program does in it: mrgvali bench scale."""
