"""What is no chart any more, whatever it was written in; a chart that people read has a hundred steps."""

MOST_PARTS = 20_000       # steps, lanes or documents of one flow: our engine lays out no more
MOST_LINKS = 100_000      # lines of one flow
LONGEST_LABEL = 2_000     # characters of what a step, lane or document is called
LONGEST_TEXT = 5_000      # characters of anything else that is drawn
