"""Settings from the environment: where the data lies and which server keeps it."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """AUCTIONS_HOME is the data folder, AUCTIONS_DATABASE_URL another server than the embedded one."""

    model_config = SettingsConfigDict(env_prefix="AUCTIONS_")
    home: Path = Field(default_factory=lambda: user_data_path("auctions"))
    database_url: str | None = None
