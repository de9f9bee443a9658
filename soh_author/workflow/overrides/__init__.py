"""How overrides stand to the text above, whom a change reaches, and bringing them in step."""
