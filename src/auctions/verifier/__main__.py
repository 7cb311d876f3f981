"""Where `auctions-verify` begins: it says what it needs, where that is not there."""

import sys


def main() -> None:
    """Run the command line and end with its exit code; 2 where `cryptography` cannot be imported."""
    try:
        from auctions.verifier.commandline import main as run  # noqa: PLC0415 -- so that this is told, not raised
    except ImportError as error:
        how = f"{sys.executable or 'python3'} -m pip install cryptography"
        sys.stderr.write(
            f"auctions-verify: the package `cryptography` is needed ({error}); get it by: {how}\n"
        )
        sys.exit(2)
    sys.exit(run())


if __name__ == "__main__":
    main()
