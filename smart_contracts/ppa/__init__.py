"""PPA: agreements with buyers, the allocation of energy to them, invoices and their settlement."""
