"""The guide (办事指南) of one item in one scenario: what an applicant must know, with the chart, as a page or in Word."""
