"""Commands that wait are worked on in groups: each is told its own, whatever becomes of the others."""

import asyncio
from collections.abc import Sequence

from api.groups import Groups


async def doubled(group: Sequence[int]) -> list[int]:
    return [number * 2 for number in group]


def test_each_is_told_what_belongs_to_it() -> None:
    async def all_of_them() -> list[int]:
        groups = Groups(doubled)
        return await asyncio.gather(*[groups.done(number) for number in range(200)])

    assert asyncio.run(all_of_them()) == [number * 2 for number in range(200)]


def test_what_comes_meanwhile_is_one_group_not_too_large_and_a_smaller_one_waits_for_its_end() -> None:
    sizes: list[int] = []
    begun, end = asyncio.Event(), asyncio.Event()

    async def counted(group: Sequence[int]) -> list[int]:
        sizes.append(len(group))
        await (begun if len(group) == 1 else end).wait()
        return await doubled(group)

    async def two_then_many() -> None:
        groups = Groups(counted)
        single = [asyncio.create_task(groups.done(number)) for number in range(2)]
        await asyncio.sleep(0)
        tasks = [asyncio.create_task(groups.done(number)) for number in range(100)]
        await asyncio.sleep(0)
        assert groups.waiting == 100
        assert sizes == [1, 1]
        begun.set()
        await asyncio.gather(*single)
        assert groups.waiting == 36
        end.set()
        await asyncio.gather(*tasks)

    asyncio.run(two_then_many())
    assert sizes == [1, 1, 64, 36]


def test_who_waits_no_longer_keeps_no_other_from_being_told() -> None:
    release = asyncio.Event()

    async def slow(group: Sequence[int]) -> list[int]:
        await release.wait()
        return await doubled(group)

    async def one_leaves() -> list[int]:
        groups = Groups(slow)
        waiting = [asyncio.create_task(groups.done(number)) for number in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        waiting[1].cancel()
        release.set()
        return [await waiting[2], await groups.done(7)]

    assert asyncio.run(one_leaves()) == [4, 14]


def test_a_group_that_fails_is_told_to_each_of_it_and_the_next_is_worked_on() -> None:
    async def fragile(group: Sequence[int]) -> list[int]:
        if 13 in group:
            raise OSError("gone")
        return await doubled(group)

    async def failing() -> int:
        groups = Groups(fragile)
        told = await asyncio.gather(groups.done(13), groups.done(13), return_exceptions=True)
        assert [str(error) for error in told] == ["gone", "gone"]
        return await groups.done(4)

    assert asyncio.run(failing()) == 8


def test_one_alone_does_not_wait_for_others() -> None:
    async def alone() -> int:
        return await Groups(doubled).done(1)

    assert asyncio.run(alone()) == 2
