"""Webhooks: changes delivered to addresses of others, signed by the form of Standard Webhooks."""
