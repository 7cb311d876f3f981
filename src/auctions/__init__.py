"""Assets under enforcement, recorded as what happened to them."""
