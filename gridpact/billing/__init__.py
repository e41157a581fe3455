"""PPA: agreements, allocation, invoices and their settlement."""
