"""How good Knowledge's answers are: development and held-out questions over public documents."""
