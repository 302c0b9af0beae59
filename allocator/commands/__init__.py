"""The commands, one file each: options in, words or JSON out."""
