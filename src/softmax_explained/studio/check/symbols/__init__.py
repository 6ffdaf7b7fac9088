"""SYMBOL: a letter, a number, an arrow and a curve say by their colour and sign what they are."""
