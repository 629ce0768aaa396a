"""Begins the fulfilment of orders that are paid."""
