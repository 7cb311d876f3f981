from api.memory import Memory


def test_what_was_not_used_for_longest_goes_first() -> None:
    memory: Memory[str] = Memory(3)
    for key in ("a", "b", "c"):
        memory.keep(key, key.upper(), 1)
    assert memory.get("a") == "A"
    memory.keep("d", "D", 1)
    assert [memory.get(key) for key in ("a", "b", "c", "d")] == ["A", None, "C", "D"]


def test_no_more_bytes_are_kept_than_are_allowed() -> None:
    memory: Memory[str] = Memory(10)
    memory.keep("small", "s", 4)
    memory.keep("large", "l", 11)
    assert (memory.get("small"), memory.get("large")) == (None, None)
    memory.keep("small", "s", 10)
    memory.keep("small", "t", 10)
    assert memory.get("small") == "t"


def test_a_memory_of_nothing_keeps_nothing() -> None:
    memory: Memory[str] = Memory(0)
    memory.keep("a", "A", 1)
    assert memory.get("a") is None
