"""What the data is: vocabularies, values, authored records, published rows, problems."""
