"""The command line: the door for people. It parses, calls one use case, and prints."""
