from auctions.domain.errors import CommandMismatch, Refused, StaleFile


def test_a_refusal_tells_its_words_and_keeps_code_and_details() -> None:
    refused = Refused("not-seized", "appraised before the asset was seized", stage="unfiled")
    assert str(refused) == refused.message == "appraised before the asset was seized"
    assert (refused.code, refused.details) == ("not-seized", {"stage": "unfiled"})


def test_a_stale_file_tells_where_it_stands() -> None:
    stale = StaleFile(expected=3, version=5)
    assert stale.code == "stale-file"
    assert stale.message == "the file stands at entry 5, not 3: read it again and decide again"
    assert stale.details == {"expected": 3, "version": 5}


def test_a_command_id_used_for_another_command_is_refused() -> None:
    assert CommandMismatch().code == "command-id-reused"
    assert str(CommandMismatch()) == "this command id was used before for another command"
