"""OfferBook: two-sided energy offers over credit that was drawn from metered production."""
