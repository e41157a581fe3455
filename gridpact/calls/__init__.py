"""Calls of the contracts: every reference named, every fee a number, every storage deposit known beforehand."""
