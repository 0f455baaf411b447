"""Training of word vectors, beside other trainers."""
