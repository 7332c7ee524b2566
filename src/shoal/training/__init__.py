"""Distilling a large embedding network into a small one. Run as `python -m shoal.training`; nothing else imports it."""
