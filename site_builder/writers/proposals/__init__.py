"""What a proposed change does, in the words of a language: for people who read no code, in any form of text."""
