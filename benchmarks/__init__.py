"""What is measured, how, and the last results: one module a subject, each runs with `python -m benchmarks.<name>`."""
