"""The commands of the evidence together."""

import typer

from auctions.cli import proving, signing

evidence = typer.Typer(
    no_args_is_help=True,
    help="""The evidence: key, sign, status, checkpoint, prove, fsck.

    The log is signed as a tree in AUCTIONS_EVIDENCE_FOLDER, outside the database, so that nobody changes an
    entry unseen; deploy/VERIFY.md says how an auditor verifies it.

    Exit codes of status, checkpoint, prove and fsck: 0 holds, 1 tampered, 2 cannot be decided.""",
)
evidence.command()(signing.key)
evidence.command()(signing.sign)
evidence.command()(proving.status)
evidence.command()(proving.checkpoint)
evidence.command()(proving.prove)
evidence.command()(proving.fsck)
