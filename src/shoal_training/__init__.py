"""Distilling a large embedding network into a small one. Run as `python -m shoal_training`; nothing else imports it."""
