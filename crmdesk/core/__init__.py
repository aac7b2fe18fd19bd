"""What every part stands on: records, the store and its journal, kinds of values, words. No Qt."""
