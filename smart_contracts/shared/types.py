"""Types that several contracts store or publish."""

import typing

from algopy import FixedBytes

Hash = FixedBytes[typing.Literal[32]]
