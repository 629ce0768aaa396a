"""Lets a tenant's users upload documents straight to S3, and tells how far each one is."""
