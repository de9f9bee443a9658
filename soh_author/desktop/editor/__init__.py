"""The editor: text of one layer at a time, exactly as its file has it, with what belongs to it around."""
