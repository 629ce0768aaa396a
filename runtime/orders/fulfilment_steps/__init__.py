"""The tasks of the fulfilment workflow, and what undoes them."""
