"""What the functions of Gallery share: tables, connection, events, keys."""
