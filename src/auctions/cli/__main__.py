"""Lets `python -m auctions.cli` be `auctions`."""

from auctions.cli import main

main()
