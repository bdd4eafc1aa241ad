"""New records: which id comes next, what is asked, the file that is made."""
