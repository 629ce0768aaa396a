"""What the functions of Orders share: orders, events, the table, payments, personal data."""
