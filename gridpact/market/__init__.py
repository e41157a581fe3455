"""OfferBook: energy credit, offers of both sides, matching."""
