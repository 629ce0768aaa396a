"""What a recorded stack costs: by the month, and by what it is asked to do.

- prices.json: prices of a date, by region
- fixed.py: what is paid while nobody calls
- use.py: what requests and documents cost
- report.py: both as a table or JSON
"""
