"""What a viewer would find: every norm of a good film, measured on its chapters without drawing them."""
