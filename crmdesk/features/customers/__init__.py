"""Companies and people, the slice that all others may rely on."""
