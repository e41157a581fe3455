"""Geometry of the portal's pictures."""

from gridpact.portal.pictures import HEIGHT, WIDTH, bar, depth


def test_bar_fills_its_width_and_leaves_out_nothing_of_value() -> None:
    parts = bar([("a", 3, "3 kWh"), ("none", 0, "0 kWh"), ("b", 1, "1 kWh")])
    assert [(one.name, one.x, one.width) for one in parts] == [("a", 0.0, 450.0), ("b", 450.0, 150.0)]
    assert sum(one.width for one in parts) == WIDTH


def test_bar_of_nothing_is_empty() -> None:
    assert bar([("a", 0, "0 kWh")]) == []


def test_depth_steps_from_the_best_price_outwards() -> None:
    book = depth([(10, 100), (20, 400)], [(15, 200)])
    assert book is not None
    assert (book.lowest, book.highest, book.most_wh) == (10, 20, 400)
    assert book.sells == f"0.0,{HEIGHT:.1f} 0.0,150.0 600.0,150.0 600.0,0.0 600.0,0.0"
    assert book.buys == f"300.0,{HEIGHT:.1f} 300.0,100.0 0.0,100.0"


def test_depth_of_an_empty_book() -> None:
    assert depth([], []) is None


def test_depth_of_one_price() -> None:
    book = depth([(10, 100)], [])
    assert book is not None
    assert book.buys == ""
