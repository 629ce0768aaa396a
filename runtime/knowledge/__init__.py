"""The functions of the Knowledge system: documents, chat, records."""
