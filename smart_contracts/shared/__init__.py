"""What the contracts share: errors, roles, the calendar, units."""
