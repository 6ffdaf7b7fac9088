"""Pictures that are carried through several chapters; a module per picture."""
