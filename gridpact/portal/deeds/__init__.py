"""What the pages' buttons do, one module a subject: each deed is an action of the library, from what was filled in."""
