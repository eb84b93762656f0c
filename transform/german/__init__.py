"""The German language: text for comparison, sentences, numbers and number words."""
