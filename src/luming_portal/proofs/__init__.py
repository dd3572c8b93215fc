"""数字核验: what the figures on the portal's papers follow from, stored when a paper is issued."""
