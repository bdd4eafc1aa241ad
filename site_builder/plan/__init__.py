"""The plan decides every address before anything is rendered; clashes and dead links are found here."""
